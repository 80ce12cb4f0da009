/**
 * This machine's clock. It may be wrong and may jump: it measures waiting and labels what stays on
 * this machine. What the server's times are compared with is server time (`server-time.ts`).
 */
export type DeskClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs `what` once, not before `time`. Returns a function that cancels it. */
  readonly at: (time: number, what: () => void) => () => void;
};

export const systemClock: DeskClock = {
  now: () => Date.now(),
  at: (time, what) => {
    const timer = setTimeout(what, Math.max(0, time - Date.now()));
    return () => clearTimeout(timer);
  },
};
