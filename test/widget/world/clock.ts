import type { Clock } from '../../../widget/chat/connection.ts';

/** A clock that stands still until it is told to go on. */
export function createStillClock(start = Date.UTC(2026, 10, 1, 9)) {
  let now = start;
  let timers: readonly Timer[] = [];
  const clock: Clock = {
    now: () => now,
    at: (time, what) => {
      const timer = { time, what };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  return {
    clock,
    /** The time of the next timer, or null. */
    next: (): number | null =>
      timers.length === 0 ? null : Math.min(...timers.map(({ time }) => time)),
    /** Goes to `time` and runs what is due then. */
    goTo(time: number): void {
      now = Math.max(now, time);
      const due = timers.filter((timer) => timer.time <= now);
      timers = timers.filter((timer) => timer.time > now);
      for (const { what } of due) what();
    },
  };
}

type Timer = { readonly time: number; readonly what: () => void };
