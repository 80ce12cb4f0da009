import type { DeskClock } from '../../desk/clock.ts';

/** A clock that stands still until it is told otherwise. */
export type HeldClock = DeskClock & {
  /** Runs what is due on the way, each thing at its own time. */
  readonly advance: (ms: number) => void;
  /** How many things wait for a time. */
  readonly waiting: () => number;
};

export function heldClock(start: number): HeldClock {
  let now = start;
  const timers = new Set<{ readonly time: number; readonly what: () => void }>();
  return {
    now: () => now,
    at(time, what) {
      const timer = { time, what };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers]
          .filter(({ time }) => time <= end)
          .sort((a, b) => a.time - b.time);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.time);
        next.what();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}
