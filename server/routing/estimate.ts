/** ROUTE-7: none below so many samples. */
const SAMPLES_MIN = 5;
/** The last so many accepted offers say how quickly a queue moves now. */
export const SAMPLES_MAX = 20;

/**
 * How long the one at `position` (1 is next) will still wait, in milliseconds, from the times at
 * which the queue's last offers were accepted (oldest first); null: too few to say.
 */
export function estimateMs(
  position: number,
  acceptedAt: readonly number[],
  now: number,
): number | null {
  const first = acceptedAt[0];
  if (acceptedAt.length < SAMPLES_MIN || first === undefined) return null;
  return Math.round((position * (now - first)) / acceptedAt.length);
}
