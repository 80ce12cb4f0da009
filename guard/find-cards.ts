import { codeLengthOf, couldBegin } from './card.ts';
import { cardShapes, spelledAt } from './card-shapes.ts';
import type { Found } from './policy.ts';
import { type Cluster, endAfter, type Group, type Reading } from './read-text.ts';
import { eachShape } from './shapes.ts';
import type { Taken } from './taken.ts';

/**
 * GUARD-4: cards, and a security code that is written as if it were their end. At each group of
 * digits at most six readings are tried.
 */
export function findCards({ plain, clusters }: Reading, taken: Taken): readonly Found[] {
  const found: Found[] = [];
  for (const cluster of clusters)
    for (let index = 0; index < cluster.length; ) {
      const card = cardAt(cluster, index);
      const read = card === null ? [] : foundIn(plain, card);
      const free = card !== null && !read.some((range) => taken.touches(range));
      if (free) found.push(...read);
      index += free ? card.groups.length : 1;
    }
  return found;
}

export type Card = {
  readonly groups: readonly Group[];
  /** Digits of the card; what the groups hold beyond them is its security code. */
  readonly length: number;
};

/** Digits without regard to the groups' sizes; null: no card. */
export function readCard(groups: readonly Group[]): Card | null {
  const digits = groups.map((group) => group.digits).join('');
  // Read as a longer card, the code would be what stays readable at its end.
  for (const length of WITH_CODE) {
    const code = digits.length - length;
    if (code >= CODE_MIN && codeLengthOf(digits.slice(0, length)) === code)
      return { groups, length };
  }
  return codeLengthOf(digits) === null ? null : { groups, length: digits.length };
}

/** The one with most groups. */
function cardAt(cluster: Cluster, index: number): Card | null {
  if (!couldBegin(cluster[index]?.digits ?? '')) return null;
  let card: Card | null = null;
  const read = (groups: number): void => {
    card = readCard(cluster.slice(index, index + groups)) ?? card;
  };
  eachShape(cluster, index, (shape, groups) => {
    if (cardShapes.has(shape)) read(groups);
  });
  const spelled = spelledAt(cluster, index);
  if (spelled > 0) read(spelled);
  return card;
}

function foundIn(plain: string, { groups, length }: Card): readonly Found[] {
  let left = length;
  const last = groups.find((group) => {
    if (group.digits.length >= left) return true;
    left -= group.digits.length;
    return false;
  });
  const start = groups[0]?.start;
  const end = groups.at(-1)?.end;
  if (start === undefined || end === undefined || last === undefined) return [];
  const cardEnd = endAfter(plain, last, left);
  const card = { entity: 'CREDIT_CARD', start, end: cardEnd };
  return cardEnd === end ? [card] : [card, { entity: 'CVV', start: cardEnd, end }];
}

/** American Express has codes of four digits and cards of 15, Diners Club cards of 14. */
const WITH_CODE = [16, 15, 14];
const CODE_MIN = 3;
