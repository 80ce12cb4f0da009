import type { DeskClock } from '../clock.ts';
import type { DeskDisk } from '../disk/contract.ts';
import type { ServerTime } from '../disk/rows.ts';
import { serverNow } from '../server-time.ts';

/** A difference that nobody sees isn't worth a write. */
const TOLERANCE_MS = 250;

/** Keeps the pair of clocks on the disk right: written on the first `now`, then when they drift apart. */
export function createServerClock(
  disk: Pick<DeskDisk, 'setTime'>,
  clock: DeskClock,
  onTrouble: (what: string, cause: unknown) => void,
): (now: number) => void {
  let stored: ServerTime | null = null;
  return (now) => {
    if (stored !== null && Math.abs(serverNow(stored, clock) - now) <= TOLERANCE_MS) return;
    stored = { serverNow: now, at: clock.now() };
    disk
      .setTime(stored)
      .catch((error: unknown) => onTrouble('server time could not be kept', error));
  };
}
