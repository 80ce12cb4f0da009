/**
 * What people type, as an expression of FTS5: each word in quotes, so that nothing in it is
 * syntax; the last may be the beginning of one. Null: there is no word in it.
 *
 * `wordsFrom` says which words of the index begin so, or null when they are too many to be named.
 * FTS5 itself gathers every place of such words before it gives the first (100 ms where one of
 * them stands in a million messages); named, they are walked along like any other.
 */
export function matchText(
  text: string,
  wordsFrom: (beginning: string) => readonly string[] | null,
): string | null {
  const words = text
    .split(separators)
    .filter((word) => hasToken.test(word))
    .slice(0, WORDS_MAX);
  // `creme-sof` is `creme` and the beginning of a word; `creme-sofa red` has them side by side.
  const parts =
    words
      .pop()
      ?.split(inside)
      .filter((part) => hasToken.test(part)) ?? [];
  const last = parts.pop();
  if (last === undefined) return null;
  if (parts.length > 0) words.push(parts.join(' '));
  return [...words.map(quoted), beginning(last, wordsFrom)].join(' AND ');
}

/** Each costs a look at a list as long as the word is frequent; nobody remembers more. */
const WORDS_MAX = 8;
/** Shorter ones than this have lists of their own in the index (`prefix` in `index-file.ts`). */
const NAMED_MIN = 4;

/** NUL would end the expression. */
const separators = /[\s\p{Cc}]+/u;
const inside = /[^\p{L}\p{N}\p{M}]+/u;
const hasToken = /[\p{L}\p{N}]/u;

function beginning(word: string, wordsFrom: (beginning: string) => readonly string[] | null) {
  const folded = word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  // Of a single letter every text has some word.
  if (folded.length < 2) return quoted(word);
  // How the index folds other letters only FTS5 knows.
  const named = /^[a-z0-9]+$/.test(folded) && folded.length >= NAMED_MIN ? wordsFrom(folded) : null;
  if (named === null) return `${quoted(word)} *`;
  return `(${[word, ...named].map(quoted).join(' OR ')})`;
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;
