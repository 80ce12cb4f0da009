import * as v from 'valibot';
import { group, id, ifGiven, list, needed, setting, someOf, truth, words } from '../expect.ts';
import { Labelled } from './labelled.ts';

const asked = {
  id: needed(id, 'what stored answers refer to'),
  label: needed(words(200), 'the question'),
  required: setting(truth, false, '*Mark done* asks for an answer'),
  requiredIf: ifGiven(
    group({
      question: needed(id, 'a question before this one'),
      is: needed(someOf(words(200), 50, 'answer'), 'with one of these answers (ids of choices)'),
    }),
    'never',
    'an answer is asked for when an earlier question has a certain one',
  ),
};

const bound = v.number('a number');

/** One question of a wrap-up script (END-2): plain data. */
export const Question = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('text'), ...asked }),
    v.strictObject({
      kind: v.literal('choice'),
      ...asked,
      choices: needed(someOf(Labelled, 50, 'choice'), 'of kind choice: `id` and `label` each'),
    }),
    v.strictObject({
      kind: v.literal('number'),
      ...asked,
      minimum: ifGiven(bound, 'none', 'of kind number: the least'),
      maximum: ifGiven(bound, 'none', 'of kind number: the most'),
    }),
  ],
  'a question with a kind: text or choice or number',
);

export const Script = list(Question, 50);
