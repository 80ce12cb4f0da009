/**
 * Server time. `now()` is the wall clock read once at start, never below the newest stored
 * event's time, then advanced monotonically: it does not jump when the machine's clock does.
 * Everything that waits goes through `at`, so that a simulation can hold time still.
 */
export type Clock = {
  /** Milliseconds since 1970, an integer, never decreasing. */
  readonly now: () => number;
  /** Runs `what` once, not before `time`. Returns a function that cancels it. */
  readonly at: (time: number, what: () => void) => () => void;
  /** Runs `what` after everything that is already under way in this turn of the event loop. */
  readonly soon: (what: () => void) => void;
};

/** Timers longer than this overflow in Node; they are cut into pieces. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export function systemClock(newestStoredAt: number): Clock {
  const start = Math.max(Date.now(), newestStoredAt);
  const zero = performance.now();
  const now = () => start + Math.floor(performance.now() - zero);
  const at: Clock['at'] = (time, what) => {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = time - now();
      if (left <= 0) what();
      else timer = setTimeout(arm, Math.min(left, TIMER_MS_MAX));
    };
    timer = setTimeout(arm, Math.max(0, Math.min(time - now(), TIMER_MS_MAX)));
    return () => clearTimeout(timer);
  };
  return { now, at, soon: (what) => void setImmediate(what) };
}
