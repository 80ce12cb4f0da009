import { expect } from 'vitest';
import { PATIENCE_MS } from './until.ts';

/** Asks again and again until what comes back is as expected. */
export function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: PATIENCE_MS, interval: 50 });
}
