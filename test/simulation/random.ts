/** A seeded source of chance (mulberry32): the same seed, the same world. */
export type Random = {
  /** 0 ≤ x < 1. */
  readonly next: () => number;
  readonly below: (n: number) => number;
  readonly between: (low: number, high: number) => number;
  readonly chance: (p: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T | undefined;
  /** An id of 20 characters. */
  readonly id: (prefix: string) => string;
};

export function seeded(seed: number): Random {
  let state = (seed * 0x9e3779b1) >>> 0;
  let count = 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (p) => next() < p,
    pick: (list) => list[below(list.length)],
    id: (prefix) => `${prefix}${String(++count).padStart(20 - prefix.length, '0')}`,
  };
}
