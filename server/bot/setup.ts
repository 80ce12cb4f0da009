import type { QueueId } from '../../protocol/ids.ts';

/** A bot as the centre's file says it. */
export type BotSetup = AnyBot & (QuestionsBot | HttpBot);

type AnyBot = {
  readonly id: string;
  /** What customers see. */
  readonly name: string;
  /** Who says one of these, or presses a button that means it, comes to the queue at once. */
  readonly handOverWords: readonly string[];
  /** The first that fits chooses the queue. */
  readonly routes: readonly {
    readonly data: string;
    readonly is: string;
    readonly queue: QueueId;
  }[];
};

export type QuestionsBot = {
  readonly kind: 'questions';
  readonly questions: readonly {
    /** The key of the attached data that the answer fills. */
    readonly data: string;
    /** By language. */
    readonly ask: Readonly<Record<string, string>>;
    readonly choices?: readonly string[] | undefined;
  }[];
};

export type HttpBot = {
  readonly kind: 'http';
  readonly url: string;
  readonly timeoutSeconds: number;
};

/** Where the attached data says that it goes; null: where the customer came to. */
export function queueFor(
  routes: AnyBot['routes'],
  data: Readonly<Record<string, string>>,
): QueueId | null {
  const fits = routes.find(
    ({ data: key, is }) => Object.hasOwn(data, key) && wordsOf(data[key] ?? '') === wordsOf(is),
  );
  return fits?.queue ?? null;
}

/** Does a customer who says this want a person? */
export const wantsPerson = (words: AnyBot['handOverWords'], message: string): boolean =>
  words.some((word) => wordsOf(word) === wordsOf(message));

/** Compared without case, marks around it and doubled blanks; what is marks alone is compared as it is. */
function wordsOf(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
  const bare = plain.replaceAll(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  return bare === '' ? plain : bare;
}
