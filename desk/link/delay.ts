import type { AfterClose } from './after-close.ts';

const FIRST_MS = 300;
/** A desk is back at work within 5 s of the server: its hello and what it missed take the rest. */
const LAST_MS = 4_000;
const SLOW_MS = 1_000;
const UPDATE_MS = 60_000;

/**
 * How long to wait before the next attempt: doubling, and between half and all of it by chance, so
 * that the desks of a restarted server don't come all at once. `failures` counts from 0.
 */
export function delayMs(failures: number, meaning: AfterClose, random: () => number): number {
  const doubled = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  const whole = meaning === 'resume-slowly' ? Math.max(SLOW_MS, doubled) : doubled;
  return (meaning === 'update-needed' ? UPDATE_MS : whole) * (0.5 + random() / 2);
}
