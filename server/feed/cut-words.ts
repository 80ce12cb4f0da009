import type { Content } from '../../protocol/parts.ts';

/** Words as they fit, and whether something of them is missing. */
export type Cut = { readonly content: Content | null; readonly isCut: boolean };

/**
 * Cuts what people wrote so that all of it together takes at most `bytes` of JSON: the longest
 * first, so that short words stay whole as long as they can.
 */
export function cutWords(all: readonly (Content | null)[], bytes: number): Cut[] {
  const sizes = all.map(bytesOf);
  const level = levelOf(sizes, bytes);
  return all.map((content, n) =>
    content === null || (sizes[n] ?? 0) <= level
      ? { content, isCut: false }
      : { content: cutContent(content, level), isCut: true },
  );
}

/** Keys and punctuation stay; of the texts, again, the longest are cut first. */
function cutContent(content: Content, bytes: number): Content {
  const entries = Object.entries(content);
  const around = bytesOf(Object.fromEntries(entries.map(([key]) => [key, ''])));
  const level = levelOf(
    entries.map(([, text]) => textBytes(text)),
    Math.max(0, bytes - around),
  );
  return Object.fromEntries(entries.map(([key, text]) => [key, cutText(text, level)]));
}

/** At most `bytes` of JSON, in whole characters. */
function cutText(text: string, bytes: number): string {
  // Each unit takes a byte at least, and a long text isn't written once for every character of it.
  let least = 0;
  let most = Math.min(text.length, bytes);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (textBytes(beginning(text, middle)) <= bytes) least = middle;
    else most = middle - 1;
  }
  return beginning(text, least);
}

/** So many units of a text, one less where that would be half a character. */
function beginning(text: string, units: number): string {
  const isHalf = (text.codePointAt(units - 1) ?? 0) > 0xff_ff;
  return text.slice(0, isHalf ? units - 1 : units);
}

/** The most that each may take so that all together take at most `bytes`. */
function levelOf(sizes: readonly number[], bytes: number): number {
  let left = bytes;
  let others = sizes.length;
  for (const size of sizes.toSorted((a, b) => a - b)) {
    if (size * others > left) return Math.floor(left / others);
    left -= size;
    others--;
  }
  return Number.POSITIVE_INFINITY;
}

const bytesOf = (content: Content | null): number => Buffer.byteLength(JSON.stringify(content));
/** Without its quotes. */
const textBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;
