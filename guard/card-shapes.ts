import { LENGTH_MAX, LENGTH_MIN } from './card.ts';
import type { Cluster } from './read-text.ts';
import { GROUPS_MAX, shapeOf } from './shapes.ts';

/** The sizes of groups in which people write cards; other long runs of digits stay as they are. */
const CARD_LIKE = [
  // In one piece.
  ...[[13], [14], [15], [16], [17], [18], [19]],
  // 16 digits, as on the card, or broken where a line ends.
  ...[
    [4, 4, 4, 4],
    [8, 8],
    [4, 12],
    [12, 4],
    [4, 4, 8],
    [4, 8, 4],
    [8, 4, 4],
    [6, 10],
    [10, 6],
  ],
  ...[
    [5, 5, 5, 1],
    [6, 4, 6],
    [4, 6, 6],
    [6, 6, 4],
  ],
  // 15 and 14: American Express, Diners Club.
  ...[
    [4, 6, 5],
    [4, 4, 4, 3],
    [5, 5, 5],
    [4, 11],
    [10, 5],
    [4, 6, 4],
    [4, 4, 4, 2],
    [4, 10],
  ],
  // 17 to 19, or a shorter one with its security code.
  ...[
    [4, 4, 4, 4, 1],
    [4, 4, 4, 4, 2],
    [4, 4, 4, 4, 3],
    [8, 8, 3],
    [6, 13],
    [8, 11],
    [4, 4, 4, 7],
  ],
  ...[
    [16, 3],
    [15, 4],
    [14, 3],
    [4, 6, 9],
    [4, 6, 7],
    [4, 6, 5, 4],
    [4, 6, 4, 3],
  ],
];

export const cardShapes: ReadonlySet<number> = new Set(CARD_LIKE.map(shapeOf));

/** May groups of these sizes, at most 19, be one card? */
export const isCardLike = (sizes: readonly number[]): boolean =>
  (sizes.length <= GROUPS_MAX && cardShapes.has(shapeOf(sizes))) || isSpelled(sizes);

/** Digit by digit, in pairs or in threes, the last group perhaps shorter. */
const SPELLED_MAX = 3;

function isSpelled(sizes: readonly number[]): boolean {
  const size = sizes[0] ?? 0;
  const rest = sizes.at(-1) ?? 0;
  const total = sizes.reduce((sum, one) => sum + one, 0);
  return (
    size <= SPELLED_MAX &&
    rest <= size &&
    total >= LENGTH_MIN &&
    total <= LENGTH_MAX &&
    sizes.slice(0, -1).every((one) => one === size)
  );
}

/** How many groups belong to a number that is spelled out from here; from the middle of one: none. */
export function spelledAt(cluster: Cluster, index: number): number {
  const size = sizeAt(cluster, index);
  if (size > SPELLED_MAX || size === sizeAt(cluster, index - 1)) return 0;
  let count = 1;
  while (count * size <= LENGTH_MAX && sizeAt(cluster, index + count) === size) count++;
  const rest = sizeAt(cluster, index + count);
  const whole = rest > 0 && rest < size ? count + 1 : count;
  if (whole * size < LENGTH_MIN) return 0;
  return isSpelled(cluster.slice(index, index + whole).map(({ digits }) => digits.length))
    ? whole
    : 0;
}

const sizeAt = (cluster: Cluster, index: number): number => cluster[index]?.digits.length ?? 0;
