import type { Found } from './policy.ts';
import type { Group, Reading } from './read-text.ts';
import type { Taken } from './taken.ts';

/**
 * Telephone numbers that say so: by a plus, a bracket, a word in front, or groups in which nothing
 * else is written. Bare runs of digits are order numbers far more often. Each group of digits is
 * looked at once.
 */
export function findPhones({ plain, clusters }: Reading, taken: Taken): readonly Found[] {
  const found: Found[] = [];
  let done = 0;
  for (const cluster of clusters)
    for (const [index, group] of cluster.entries()) {
      if (group.start < done) continue;
      const range = rangeAt(plain, group, index === 0 || cluster[index - 1]?.end === done);
      if (range === null || taken.touches(range)) continue;
      found.push({ entity: 'PHONE', ...range });
      done = range.end;
    }
  return found;
}

/** `begins`: nothing that could belong to it stands before it. */
function rangeAt(
  plain: string,
  group: Group,
  begins: boolean,
): { start: number; end: number } | null {
  const mark = plain.charAt(group.start - 1);
  const plus = mark === '+' || (mark === ' ' && plain.charAt(group.start - 2) === '+');
  if (plus) return match(INTERNATIONAL, plain, group.start, plain.lastIndexOf('+', group.start));
  if (mark === '(') return match(BRACKETED, plain, group.start, group.start - 1);
  if (!begins) return null;
  const zero = plain.charAt(group.start) === '0';
  return (
    (zero ? match(DOUBLE_ZERO, plain, group.start) : null) ??
    (zero ? match(TRUNK, plain, group.start) : match(NORTH_AMERICA, plain, group.start)) ??
    (isNamed(plain, group.start) ? match(NATIONAL, plain, group.start) : null)
  );
}

function match(
  pattern: RegExp,
  plain: string,
  at: number,
  start = at,
): { start: number; end: number } | null {
  pattern.lastIndex = at;
  const end = pattern.test(plain) ? pattern.lastIndex : 0;
  return end > 0 ? { start, end } : null;
}

/** E.164: at most 15 digits. 49 (0)30 123 45 67 */
const INTERNATIONAL = /[1-9](?:[ ().\-/]{0,3}\d){6,14}(?!\d)/y;
/** 0049 30 1234567 */
const DOUBLE_ZERO = /00[1-9]\d{0,2}[ /-](?:[ ().\-/]{0,3}\d){5,13}(?!\d)/y;
/** 11) 98765-4321, 555) 123-4567 */
const BRACKETED = /0?\d{2,4}\) ?\d{3,5}[ .-]?\d{3,5}(?!\d)/y;
/** 555-223-4567 */
const NORTH_AMERICA = /(?:1[-. ])?[2-9]\d\d([-. ])[2-9]\d\d\1\d{4}(?!\d|[-./]\d)/y;
/** 030 1234567, 0170/123 45 67 */
const TRUNK = /0[1-9]\d{1,4}[ /-]{1,3}\d{3,}(?: ?\d{2,5}){0,3}(?!\d|[-./]\d)/y;
/** What stands behind a word that says telephone. */
const NATIONAL = /\d(?:[ ().\-/]{0,3}\d){5,14}(?!\d)/y;

const LABEL_CHARACTERS = 20;
const LABEL =
  /(?:^|[^a-z])(?:tel(?:efone?|ephone|efono|éfono)?|phone|fone|mobile?|handy|cel(?:ular)?|whats ?app|fax|rufnummer|call|ruf|ligue)[^a-z\d]{1,6}$/i;

const isNamed = (plain: string, start: number): boolean =>
  LABEL.test(plain.slice(Math.max(0, start - LABEL_CHARACTERS), start));
