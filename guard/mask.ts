import type { Found } from './policy.ts';

/** What may stay readable of each: enough for two people to know that they mean the same one. */
const KEEPS: Readonly<Record<string, number>> = { CREDIT_CARD: 4, IBAN: 4, PHONE: 4 };
/** Of a number so short that less than this would be masked, nothing stays. */
const MASKED_MIN = 6;

/** One byte for each that it replaces, so that a text never grows past a limit by being masked. */
const MASK = '*';
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;

/** Letters and digits of the ranges (in their order) become asterisks, but for the last few; the rest stays. */
export function mask(text: string, found: readonly Found[]): string {
  let masked = '';
  let done = 0;
  for (const { entity, start, end } of found) {
    // Where two overlap the second sees what the first has left, and leaves less.
    const again = start < done ? masked.slice(start) : '';
    const before = start < done ? masked.slice(0, start) : masked + text.slice(done, start);
    const piece = again + text.slice(Math.max(start, done), Math.max(end, done));
    masked = before + maskOne(piece, KEEPS[entity] ?? 0);
    done = Math.max(end, done);
  }
  return masked + text.slice(done);
}

function maskOne(text: string, keeps: number): string {
  const characters = [...text];
  const telling = characters.filter((one) => LETTER_OR_DIGIT.test(one)).length;
  let left = telling - (telling >= keeps + MASKED_MIN ? keeps : 0);
  return characters
    .map((one) => {
      if (left === 0 || !LETTER_OR_DIGIT.test(one)) return one;
      left--;
      return MASK.repeat(one.length);
    })
    .join('');
}
