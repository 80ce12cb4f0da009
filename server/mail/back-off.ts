/** So many attempts take a day; a mail server that is away longer is nobody's accident. */
export const ATTEMPTS_MAX = 30;
const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;

/**
 * How long after the nth attempt (from 1) the next may be made, in milliseconds: 30 s, doubled up
 * to an hour, half of it by chance (0 ≤ `chance` < 1), so that what failed together doesn't come
 * back together.
 */
export function backOffMs(attempt: number, chance: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(most / 2 + (most / 2) * chance);
}
