import { LENGTH_MAX } from './card.ts';
import { isCardLike } from './card-shapes.ts';
import { readCard } from './find-cards.ts';
import type { Range } from './policy.ts';
import { type Cluster, type Group, readText } from './read-text.ts';

/** So many of the sender's messages before this one may hold pieces of a number. */
export const EARLIER_MAX = 3;

export type SplitCard = {
  /** By index into the earlier texts, oldest first; every one of them is to be blanked everywhere. */
  readonly earlier: readonly (Range & { readonly index: number })[];
  /** The number's end in the new text. */
  readonly own: Range;
};

/**
 * GUARD-2: a card that this text completes. `earlier`: what the same person wrote last in the same
 * conversation, oldest first, as it is stored (masked); only the last three count. Ranges are
 * offsets in UTF-16. Null: it completes none.
 */
export function findSplitCard(earlier: readonly string[], text: string): SplitCard | null {
  const last = part(text, -1);
  if (last === null || !couldEnd(last)) return null;
  const before = earlier
    .map(part)
    .slice(-EARLIER_MAX)
    .filter((one) => one !== null);
  for (let first = before.length - 1; first >= 0; first--) {
    const parts = [...before.slice(first), last];
    const found = joined(parts);
    if (found !== null) return found;
  }
  return null;
}

type Part = {
  readonly index: number;
  readonly clusters: readonly Cluster[];
  /** One number and no word. */
  readonly bare: boolean;
  /** No word stands before its digits, or behind them: there a number may go on. */
  readonly opens: boolean;
  readonly ends: boolean;
};
type Piece = { readonly index: number; readonly groups: readonly Group[] };

/** Null where there are no digits that could belong to anything. */
function part(text: string, index: number): Part | null {
  if (!SOME_DIGIT.test(text)) return null;
  const { plain, clusters } = readText(text);
  const whole = clusters.filter(([first]) => !isMasked(plain, first));
  if (whole.length === 0) return null;
  const before = plain.slice(0, whole[0]?.[0]?.start);
  const after = plain.slice(whole.at(-1)?.at(-1)?.end);
  return {
    index,
    clusters: whole,
    bare: whole.length === 1 && !SOME_WORD.test(plain),
    opens: !SOME_WORD.test(before),
    ends: !SOME_WORD.test(after),
  };
}

/** Whether the earlier texts matter at all: most numbers stand behind a word, and are one. */
export function couldComplete(text: string): boolean {
  const last = part(text, -1);
  return last !== null && couldEnd(last);
}

const couldEnd = ({ opens, clusters: [first] }: Part): boolean =>
  opens || (first !== undefined && !isOneNumber(first));

const SOME_DIGIT = /\p{Nd}/u;
const SOME_WORD = /[\p{L}*]/u;
/** What was left readable of a number that is masked already is no piece of another one. */
const isMasked = (plain: string, first: Group | undefined): boolean =>
  first !== undefined &&
  /\*[^\p{L}\p{N}]{0,3}$/u.test(plain.slice(Math.max(0, first.start - 4), first.start));

/** From the end of the first text's digits to the beginning of the last one's; those between are whole. */
function joined(parts: readonly Part[]): SplitCard | null {
  const [first, ...others] = parts;
  const last = others.pop();
  const begins = first?.clusters.at(-1);
  const ends = last?.clusters[0];
  if (begins === undefined || ends === undefined || first === undefined || last === undefined)
    return null;
  const between: Piece[] = [];
  for (const { index, clusters } of others) {
    if (clusters.length !== 1) return null;
    between.push({ index, groups: clusters[0] ?? [] });
  }
  const bare = [...others, last].every((one) => one.bare);
  const goesOn = first.ends && others.every((one) => one.bare) && last.opens;
  const room = LENGTH_MAX - between.reduce((sum, { groups }) => sum + digitsOf(groups), 0);
  for (const head of endings(begins, room))
    for (const tail of beginnings(ends, room - digitsOf(head))) {
      const pieces = [{ index: first.index, groups: head }, ...between];
      const groups = [...pieces.flatMap((piece) => piece.groups), ...tail];
      if (!goesOn && [...pieces.map((piece) => piece.groups), tail].some(isOneNumber)) continue;
      const sizes = groups.map(({ digits }) => digits.length);
      const whole = bare && head.length === begins.length && tail.length === ends.length;
      if ((whole || isCardLike(sizes)) && readCard(groups) !== null)
        return { earlier: pieces.flatMap(rangeOf), own: rangeOfGroups(tail) };
    }
  return null;
}

/** Where words stand between, a number in each message is a number for itself: an order, a year, a house. */
const isOneNumber = (groups: readonly Group[]): boolean => groups.length < 2;

const rangeOf = ({ index, groups }: Piece) =>
  groups.length === 0 ? [] : [{ index, ...rangeOfGroups(groups) }];

const rangeOfGroups = (groups: readonly Group[]): Range => ({
  start: groups[0]?.start ?? 0,
  end: groups.at(-1)?.end ?? 0,
});

const digitsOf = (groups: readonly Group[]): number =>
  groups.reduce((sum, { digits }) => sum + digits.length, 0);

/** As many of the cluster's last groups as have room in a card, then ever fewer. */
const endings = (cluster: Cluster, room: number): readonly Cluster[] =>
  roomy(cluster.slice(-LENGTH_MAX).reverse(), room).map((count) =>
    cluster.slice(cluster.length - count),
  );

const beginnings = (cluster: Cluster, room: number): readonly Cluster[] =>
  roomy(cluster.slice(0, LENGTH_MAX), room).map((count) => cluster.slice(0, count));

/** How many of these, from the first on, have no more digits than that together; the most first. */
function roomy(groups: readonly Group[], room: number): readonly number[] {
  const counts: number[] = [];
  let digits = 0;
  for (const group of groups) {
    digits += group.digits.length;
    if (digits > room) break;
    counts.unshift(counts.length + 1);
  }
  return counts;
}
