import type { Clock } from '../clock.ts';

/** So many are done in one turn of the event loop. */
const PER_TURN = 200;
/** What else runs in the same turn has its own. */
export const TURN_MS = 3;

/**
 * Goes through many in slices, so that a full house blocks nobody. A newer round ends the one
 * before it; `over` is called once for each, with whether it came to its end.
 */
export function createSlices(clock: Pick<Clock, 'now' | 'soon'>) {
  let newest = 0;

  return <T>(all: Iterator<T>, each: (one: T) => void, over: (finished: boolean) => void): void => {
    const round = ++newest;
    const some = () => {
      const until = clock.now() + TURN_MS;
      for (let n = 0; n < PER_TURN && clock.now() < until; n++) {
        if (round !== newest) return over(false);
        const next = all.next();
        if (next.done) return over(true);
        each(next.value);
      }
      clock.soon(some);
    };
    some();
  };
}
