/** One row of what `npm run prove` prints. */
export type Verdict = {
  readonly claim: string;
  /** How often it was tried, in words: `200 points`, `10,000 seeds`. */
  readonly n: string;
  readonly seed: string;
  readonly holds: boolean;
  /** What was seen; the reason when it doesn't hold. */
  readonly seen: string;
};
