import { expect } from 'vitest';

/** Long for a browser on a busy machine; a condition that holds is seen within 50 ms. */
export const PATIENCE_MS = 15_000;

/** Asks again and again until what comes back is as expected. */
export function eventually<T>(ask: () => T | Promise<T>, timeout = PATIENCE_MS) {
  return expect.poll(ask, { timeout, interval: 50 });
}

/** The first answer that isn't null. */
export async function found<T>(what: string, ask: () => T | null | Promise<T | null>): Promise<T> {
  let answer: T | null = null;
  await expect
    .poll(
      async () => {
        answer = await ask();
        return answer !== null;
      },
      { timeout: PATIENCE_MS, interval: 50, message: what },
    )
    .toBe(true);
  return answer as T;
}
