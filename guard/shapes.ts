import type { Cluster } from './read-text.ts';

/**
 * The sizes of groups, one after the other, as one number: what kind of number may they be? A
 * group that is counted has at most 19 digits, so base 32 tells all of them apart.
 */
const BASE = 32;
const SIZE_MAX = BASE - 1;

/** The most groups that anything is written in, but for what is spelled out. */
export const GROUPS_MAX = 5;

export const shapeOf = (sizes: readonly number[]): number => sizes.reduce(withSize, 0);

/** Says of each beginning of the groups from `index` on, shortest first, how many groups and which shape. */
export function eachShape(
  cluster: Cluster,
  index: number,
  visit: (shape: number, groups: number) => void,
): void {
  let shape = 0;
  for (let groups = 1; groups <= GROUPS_MAX; groups++) {
    const size = cluster[index + groups - 1]?.digits.length;
    if (size === undefined || size > SIZE_MAX) return;
    shape = withSize(shape, size);
    visit(shape, groups);
  }
}

function withSize(shape: number, size: number): number {
  return shape * BASE + Math.min(size, SIZE_MAX);
}
