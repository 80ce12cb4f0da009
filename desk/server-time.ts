import type { DeskClock } from './clock.ts';
import type { ServerTime } from './disk/rows.ts';

/** Server time now, from the newest pair of clocks that the background has stored. */
export const serverNow = (time: ServerTime | null, clock: DeskClock): number =>
  time === null ? clock.now() : time.serverNow + (clock.now() - time.at);
