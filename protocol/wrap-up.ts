import * as v from 'valibot';
import { QueueId } from './ids.ts';

const Required = v.variant('when', [
  v.object({ when: v.literal('never') }),
  v.object({ when: v.literal('always') }),
  /** When the answer to another question is one of these. */
  v.object({ when: v.literal('answered'), question: v.string(), is: v.array(v.string()) }),
]);
/** A question of a queue's script: plain data. An answer is text: a choice's id, a number's digits. */
const asked = { id: v.string(), label: v.string(), required: Required };

export const ScriptQuestion = v.variant('kind', [
  v.object({ kind: v.literal('text'), ...asked }),
  v.object({
    kind: v.literal('choice'),
    ...asked,
    choices: v.array(v.object({ id: v.string(), label: v.string() })),
  }),
  v.object({
    kind: v.literal('number'),
    ...asked,
    minimum: v.nullable(v.number()),
    maximum: v.nullable(v.number()),
  }),
]);
export type ScriptQuestion = v.InferOutput<typeof ScriptQuestion>;

/** What a queue wants to know at the end (END-2), and where work may go on (END-4). */
export const WrapUpAsks = v.object({
  dispositionRequired: v.boolean(),
  resolvedRequired: v.boolean(),
  script: v.array(ScriptQuestion),
  /** Queues that Mark done offers to place it in; empty: it ends. */
  workflow: v.array(QueueId),
});
export type WrapUpAsks = v.InferOutput<typeof WrapUpAsks>;

/** What an agent has filled in so far. */
export type WrapUpForm = {
  readonly dispositions: readonly string[];
  readonly resolved: boolean | null;
  readonly answers: Readonly<Record<string, string>>;
};

export type Missing =
  | { readonly what: 'disposition' }
  | { readonly what: 'resolved' }
  | { readonly what: 'answer'; readonly question: string };

type Asks = {
  readonly dispositionRequired: boolean;
  readonly resolvedRequired: boolean;
  readonly script: readonly ScriptQuestion[];
};

/** What is mandatory and not there, in the order of the form; the same for server and desk (END-2). */
export function missing(asks: Asks, form: WrapUpForm): Missing[] {
  const none: Missing[] = [];
  if (asks.dispositionRequired && form.dispositions.length === 0)
    none.push({ what: 'disposition' });
  if (asks.resolvedRequired && form.resolved === null) none.push({ what: 'resolved' });
  for (const { id, required } of asks.script)
    if (isRequired(required, form.answers) && answerTo(id, form.answers) === '')
      none.push({ what: 'answer', question: id });
  return none;
}

/** An empty form: what the system has to go by when the time is up (END-3). */
export const emptyForm: WrapUpForm = { dispositions: [], resolved: null, answers: {} };

/** Questions whose answers don't fit them, and answers to what nobody asked. */
export function unfitting(
  script: readonly ScriptQuestion[],
  answers: Readonly<Record<string, string>>,
): string[] {
  const questions = new Map(script.map((question) => [question.id, question]));
  return Object.keys(answers).filter((id) => {
    const question = questions.get(id);
    const answer = answerTo(id, answers);
    return question === undefined || (answer !== '' && !fits(question, answer));
  });
}

function isRequired(
  required: ScriptQuestion['required'],
  answers: Readonly<Record<string, string>>,
): boolean {
  switch (required.when) {
    case 'never':
      return false;
    case 'always':
      return true;
    case 'answered':
      return required.is.includes(answerTo(required.question, answers));
    default:
      return required satisfies never;
  }
}

function fits(question: ScriptQuestion, answer: string): boolean {
  switch (question.kind) {
    case 'text':
      return true;
    case 'choice':
      return question.choices.some(({ id }) => id === answer);
    case 'number':
      return isWithin(question, answer);
    default:
      return question satisfies never;
  }
}

/** With a point or a comma, as people write them. */
function isWithin(
  { minimum, maximum }: Extract<ScriptQuestion, { kind: 'number' }>,
  answer: string,
): boolean {
  if (!/^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(answer)) return false;
  const number = Number(answer.replace(',', '.'));
  return (minimum === null || number >= minimum) && (maximum === null || number <= maximum);
}

const answerTo = (id: string, answers: Readonly<Record<string, string>>): string =>
  Object.hasOwn(answers, id) ? (answers[id] ?? '').trim() : '';
