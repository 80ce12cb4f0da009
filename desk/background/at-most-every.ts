import type { DeskClock } from '../clock.ts';

/** Runs `what` at once and then, however often it is asked for, once per `ms`; the last wish is never lost. */
export function atMostEvery(ms: number, clock: DeskClock, what: () => void): () => void {
  let resting = false;
  let wished = false;
  const run = () => {
    resting = true;
    wished = false;
    clock.at(clock.now() + ms, () => {
      resting = false;
      if (wished) run();
    });
    what();
  };
  return () => {
    wished = true;
    if (!resting) run();
  };
}
