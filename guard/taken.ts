import type { Range } from './policy.ts';

/** What earlier finders claimed of one text. */
export type Taken = {
  /** False, and nothing is taken, where it touches what somebody has. */
  readonly take: (range: Range) => boolean;
  readonly touches: (range: Range) => boolean;
};

/** One byte per code unit, made once something is taken: linear however much is found. */
export function createTaken(length: number): Taken {
  let units: Uint8Array | null = null;

  const touches = ({ start, end }: Range): boolean => {
    for (let at = start; units !== null && at < end; at++) if (units[at] === 1) return true;
    return false;
  };

  return {
    touches,
    take(range) {
      if (touches(range)) return false;
      units ??= new Uint8Array(length);
      units.fill(1, range.start, range.end);
      return true;
    },
  };
}
