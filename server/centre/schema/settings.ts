import { Ability } from '../../../protocol/cards.ts';
import { fileTypeNames, usualFileTypes } from '../../files/media-type.ts';
import { group, language, list, oneOf, setting, truth, whole } from '../expect.ts';
import { abilities } from './agent.ts';
import { transferStyle } from './queue.ts';

const all = [...Ability.options];
const fileType = oneOf(fileTypeNames);

/** What holds for the whole centre. */
export const Settings = group({
  language: setting(language, 'en', 'automatic messages for who speaks none of their languages'),
  pendingNotReady: setting(
    truth,
    true,
    'not ready comes after the work in hand; else at once (STATE-4)',
  ),
  ringsAtOnce: setting(whole(1, 12), 1, 'offers ringing at one agent'),
  voiceBlocks: setting(truth, true, 'while on a call, an agent gets nothing on other channels'),
  transfer: setting(
    transferStyle,
    'on-acceptance',
    'to an agent: when they accept; or at once (HAND-2)',
  ),
  requestSeconds: setting(
    whole(15, 300),
    45,
    'so long a colleague may think about a transfer, a consult or a conference',
  ),
  chooseUnavailable: setting(
    truth,
    false,
    'the directory lets agents choose colleagues who are not available',
  ),
  idleMinutes: setting(whole(1, 60), 5, 'a screen idle for so long makes its agent away'),
  ownerAwaySeconds: setting(
    whole(30, 600),
    60,
    'the agent’s connection is lost: the customer is told',
  ),
  ownerLostSeconds: setting(
    whole(30, 600),
    120,
    '…: the conversation goes back to the queue’s head',
  ),
  unreachableSeconds: setting(whole(60, 3600), 600, '…: the agent is not ready, also when back'),
  fileTypes: setting(
    list(fileType, fileTypeNames.length),
    [...usualFileTypes],
    'files that customers and agents may send, by what is in them; none: no files',
  ),
  abilities: setting(
    group({
      agent: setting(abilities, all, 'of agents'),
      supervisor: setting(abilities, all, 'of supervisors'),
      admin: setting(abilities, all, 'of admins'),
    }),
    {},
    'what each role may do beyond answering, where the agent says nothing else',
  ),
});
