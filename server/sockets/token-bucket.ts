/** So many at once, and so many a second after that. Plain data: every idle socket holds some. */
export type TokenBucket = {
  readonly perSecond: number;
  readonly burst: number;
  tokens: number;
  filledAt: number;
};

export const newTokenBucket = (perSecond: number, burst: number, now: number): TokenBucket => ({
  perSecond,
  burst,
  tokens: burst,
  filledAt: now,
});

/** Takes one if there is one. */
export function takeToken(bucket: TokenBucket, now: number): boolean {
  const { perSecond, burst, tokens, filledAt } = bucket;
  bucket.tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1000);
  bucket.filledAt = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

/** How long until there is one again, in whole milliseconds, at least 1. */
export const tokenWaitMs = ({ tokens, perSecond }: TokenBucket): number =>
  Math.max(1, Math.ceil(((1 - tokens) * 1000) / perSecond));
