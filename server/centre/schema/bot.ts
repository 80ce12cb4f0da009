import * as v from 'valibot';
import {
  dataKey,
  id,
  ifGiven,
  list,
  needed,
  setting,
  someOf,
  texts,
  webAddress,
  whole,
  words,
} from '../expect.ts';
import { queueId } from './ids.ts';

const any = {
  id: needed(id, 'queues name it'),
  name: needed(words(80), 'what customers see'),
  limitSeconds: setting(
    whole(30, 3600),
    600,
    'so long the customer is with the bot at most; then the queue takes over',
  ),
  handOverWords: setting(
    list(words(40), 100),
    ['agent', 'human'],
    'who writes one of these comes to the queue at once',
  ),
  routes: setting(
    list(
      v.strictObject({
        data: needed(dataKey, 'a key of the attached data'),
        is: needed(words(200), 'its value'),
        queue: needed(queueId, 'the queue that the interaction goes to then'),
      }),
      100,
    ),
    [],
    'the first that fits chooses the queue; else it is the one that was asked for',
  ),
};

/** CHAT-11. */
export const Bot = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('questions'),
      ...any,
      questions: needed(
        someOf(
          v.strictObject({
            data: needed(dataKey, 'the key of the attached data that the answer fills'),
            ask: needed(texts(1_000), 'the question, `{ en: …, de: … }`'),
            choices: ifGiven(list(words(80), 20), 'any answer', 'buttons'),
          }),
          50,
          'question',
        ),
        'of kind questions: asked one after the other',
      ),
    }),
    v.strictObject({
      kind: v.literal('http'),
      ...any,
      url: needed(
        webAddress,
        'of kind http: gets `POST {sender, message}`, answers `[{recipient_id, text, buttons}]`',
      ),
      timeoutSeconds: setting(
        whole(1, 60),
        5,
        'of kind http: an answer that takes longer hands over to the queue',
      ),
    }),
  ],
  'a bot with a kind: questions or http',
);
