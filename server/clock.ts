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

/** What a machine knows of time. */
export type Machine = {
  /** Milliseconds since 1970 by the machine's clock, which people and programs set. */
  readonly wall: () => number;
  /** Milliseconds since some moment; it only ever goes on. */
  readonly passed: () => number;
  /** Runs `what` after so long, or somewhat sooner. Returns a function that cancels it. */
  readonly after: (ms: number, what: () => void) => () => void;
  readonly soon: (what: () => void) => void;
};

const thisMachine: Machine = {
  wall: () => Date.now(),
  passed: () => performance.now(),
  after: (ms, what) => {
    const timer = setTimeout(what, ms);
    return () => clearTimeout(timer);
  },
  soon: (what) => void setImmediate(what),
};

export function systemClock(newestStoredAt: number, machine: Machine = thisMachine): Clock {
  const start = Math.max(machine.wall(), newestStoredAt);
  const zero = machine.passed();
  const now = () => start + Math.floor(machine.passed() - zero);
  const at: Clock['at'] = (time, what) => {
    let cancel: () => void;
    const arm = () => {
      const left = time - now();
      if (left <= 0) what();
      else cancel = machine.after(Math.min(left, TIMER_MS_MAX), arm);
    };
    cancel = machine.after(Math.max(0, Math.min(time - now(), TIMER_MS_MAX)), arm);
    return () => cancel();
  };
  return { now, at, soon: machine.soon };
}
