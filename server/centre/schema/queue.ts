import * as v from 'valibot';
import {
  group,
  id,
  ifGiven,
  list,
  needed,
  oneOf,
  setting,
  someOf,
  texts,
  truth,
  whole,
  wholeOrZero,
  words,
} from '../expect.ts';
import { channel, channels } from './channels.ts';
import { queueId } from './ids.ts';
import { Labelled } from './labelled.ts';
import { Script } from './script.ts';

const skills = list(
  v.strictObject({
    skill: needed(id, 'the skill’s id'),
    minimum: setting(whole(1, 5), 1, 'the least proficiency'),
  }),
  20,
);

export const transferStyle = oneOf(['on-acceptance', 'immediate']);

export const Queue = v.strictObject({
  id: needed(queueId, 'what stored conversations refer to'),
  name: needed(words(80), 'customers choose by it'),
  channels: setting(
    someOf(channel, 5, 'channel'),
    ['chat', 'email'],
    'what may wait here; a message that is left is an e-mail, what a workflow places is a work-item',
  ),
  subject: ifGiven(words(200), 'none', 'the subject of who gives none'),

  // Who gets it.
  skills: setting(skills, [], 'what an agent needs at first'),
  steps: setting(
    list(
      v.strictObject({
        afterSeconds: needed(whole(1, 86_400), 'from this age on'),
        skills: setting(skills, [], 'this is enough'),
      }),
      10,
    ),
    [],
    'wider circles: each step asks for less than the one before',
  ),
  priority: setting(whole(1, 10), 5, '10 goes first; then age'),
  bestProficiency: setting(truth, false, 'the best agent before the least busy one'),
  preferredSeconds: setting(
    whole(0, 600),
    15,
    'so long it waits for the agent who had this customer last',
  ),
  preferredHours: setting(whole(0, 720), 24, 'how long ago that may have been'),
  pick: setting(truth, true, 'agents may pick a waiting interaction by hand'),
  targetSeconds: setting(whole(5, 86_400), 20, 'answered within this counts as on target'),

  // The offer.
  answerSeconds: setting(whole(15, 300), 45, 'time to answer an offer, from when it is shown'),
  showSeconds: setting(whole(1, 15), 3, 'time for the desk to show it'),
  onReject: setting(
    oneOf(['requeue', 'refused']),
    'requeue',
    'to the next agent; or the agent is not ready as well',
  ),
  skipSeconds: setting(whole(0, 600), 60, 'who rejected isn’t asked again for so long'),
  rejectsInRow: setting(whole(1, 20), 3, 'so many rejects make an agent not ready'),

  // When nobody comes.
  openingHours: ifGiven(id, 'always open', 'an id of `openingHours`'),
  overflow: ifGiven(
    group({
      afterSeconds: needed(whole(10, 86_400), 'so long it waits here'),
      queue: needed(queueId, 'then there'),
    }),
    'none',
    'another queue after a time',
  ),
  leaveMessage: setting(
    truth,
    true,
    'customers may leave a message in place of a chat; offered while it is closed or nobody is signed in',
  ),

  // The talk.
  bot: ifGiven(id, 'none', 'an id of `bots`: it talks before an agent does'),
  customerLeftSeconds: setting(whole(30, 1800), 600, 'a customer who is away for so long has left'),
  transfer: ifGiven(
    transferStyle,
    '`settings.transfer`',
    'to an agent: when they accept; or at once',
  ),
  parkDays: setting(whole(1, 90), 7, 'a parked interaction is done after so long'),
  texts: setting(
    group({
      waiting: ifGiven(texts(2_000), 'none', 'said when the customer begins to wait for an agent'),
      greeting: ifGiven(texts(2_000), 'none', 'said when an agent has accepted'),
      farewell: ifGiven(texts(2_000), 'none', 'said when the agent has ended it'),
    }),
    {},
    'automatic messages, `{ en: …, de: … }` each; `{{agent}}` and `{{queue}}` are filled in',
  ),

  // The end.
  wrapUpSeconds: setting(wholeOrZero(10, 3600), 60, 'then it is done by itself; 0: it stays open'),
  wrapUpMoreSeconds: setting(whole(10, 3600), 60, 'by so much an agent can make it longer'),
  wrapUpBlocks: setting(
    channels,
    ['voice'],
    'on these channels an agent in wrap-up gets nothing else; on the others it only takes its place',
  ),
  statusAfter: setting(
    oneOf(['previous', 'ready', 'not-ready', 'manual']),
    'previous',
    'the status after a wrap-up that blocks; manual: the agent is asked',
  ),
  senderWrapUpSeconds: setting(
    wholeOrZero(10, 3600),
    0,
    'wrap-up of who transferred it away; 0: none',
  ),
  guestWrapUpSeconds: setting(
    wholeOrZero(10, 3600),
    30,
    'wrap-up of who took part in a conference; 0: none',
  ),
  dispositions: setting(list(Labelled, 200), [], '`id` and `label` each'),
  dispositionRequired: setting(truth, false, '*Mark done* asks for one'),
  resolvedRequired: setting(truth, false, '*Mark done* asks whether it is resolved'),
  script: setting(Script, [], 'questions of the wrap-up'),
  workflow: setting(
    list(queueId, 50),
    [],
    'queues that *Mark done* can place it in as a work item; none: no workflow',
  ),
});
