/** So many at once, and so many a second after that. */
export type TokenBucket = {
  /** Takes one if there is one. */
  readonly take: (now: number) => boolean;
  /** How long until there is one again, in whole milliseconds, at least 1. */
  readonly waitMs: () => number;
};

export function createTokenBucket(perSecond: number, burst: number, now: number): TokenBucket {
  let tokens = burst;
  let filledAt = now;
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1000);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    waitMs: () => Math.max(1, Math.ceil(((1 - tokens) * 1000) / perSecond)),
  };
}
