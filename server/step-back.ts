import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** About a third of a processor's time when the others want all of it. */
const NICE = 5;

/**
 * This worker thread yields to those that people wait for. Linux gives each thread a priority of
 * its own; elsewhere nothing happens.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, NICE);
  } catch {
    // A sandbox without /proc: then it works as the others do.
  }
}
