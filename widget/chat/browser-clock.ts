import type { Clock } from './connection.ts';

/** Near the wall clock, but never going back while the page lives. */
const now = () => Math.round(performance.timeOrigin + performance.now());

export const browserClock: Clock = {
  now,
  at(time, what) {
    const timer = setTimeout(what, Math.max(0, time - now()));
    return () => clearTimeout(timer);
  },
};
