import * as v from 'valibot';
import { Ability } from '../../../protocol/cards.ts';
import {
  group,
  id,
  ifGiven,
  language,
  list,
  needed,
  oneOf,
  setting,
  whole,
  words,
} from '../expect.ts';
import { agentId } from './ids.ts';

const email = v.pipe(
  v.string('an e-mail address'),
  v.trim(),
  v.toLowerCase(),
  v.email('an e-mail address'),
  v.maxLength(254, 'an e-mail address of at most 254 characters'),
);

export const abilities = list(oneOf(Ability.options), Ability.options.length);

/** CAP-2; 0: the channel isn't given to this agent (STATE-12). */
const Limits = group({
  chat: setting(whole(0, 12), 4, 'chats at once; 0: this agent gets no chats'),
  voice: setting(whole(0, 1), 1, 'calls at once'),
  email: setting(whole(0, 50), 5, 'e-mails at once'),
  messaging: setting(whole(0, 50), 8, 'messaging conversations at once'),
  'work-item': setting(whole(0, 50), 5, 'work items at once'),
});

export const Agent = v.strictObject({
  id: needed(agentId, 'what stored conversations refer to'),
  name: needed(words(80), 'what customers see'),
  email: needed(email, 'to sign in with; one agent each'),
  role: setting(
    oneOf(['agent', 'supervisor', 'admin']),
    'agent',
    'each includes what the one before may do',
  ),
  teams: setting(list(id, 20), [], 'ids of teams'),
  skills: setting(
    v.pipe(
      v.record(id, whole(1, 5), 'skills with a proficiency each: {billing: 3}'),
      v.metadata({ range: 'proficiency 1–5' }),
    ),
    {},
    '`{ billing: 3, english: 5 }`',
  ),
  languages: setting(list(language, 20), [], 'languages this agent writes, such as `[en, pt-BR]`'),
  limits: setting(Limits, {}, 'how many interactions at once, wrap-up and ringing offers included'),
  abilities: ifGiven(
    abilities,
    'the role’s',
    'what this agent may do beyond answering ([which of them count](#abilities)); left out: see `settings.abilities`',
  ),
});
