import { type InteractionId, interactionOf, type StreamName } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { Sight } from './audience.ts';
import type { Line } from './line.ts';
import type { Reading } from './reading.ts';
import { firstSeq, lineAt, type Tail } from './tail.ts';

/**
 * One stream for one reader.
 *
 *   1 ──────── told ──────── scanned ──────────────────── head
 *      the reader   looked at, and    in the page, in the
 *      has it       nothing visible   tail, or only stored
 */
export type Subscription = {
  readonly stream: StreamName;
  readonly interaction: InteractionId | null;
  readonly epoch: number;
  readonly sight: Sight;
  readonly role: Role | null;
  readonly tail: Tail;
  readonly reading: Reading;
  /** `upTo` of the last part that was sent: the reader's cursor. */
  told: number;
  /** The last seq that was looked at. What lies between is invisible to this reader. */
  scanned: number;
  /** Lines from the store, and how many of them are used up. */
  page: readonly Line[];
  pageUsed: number;
  /** About how much the page takes in memory. */
  pageBytes: number;
  /** Nothing is stored after the page but what is heard. */
  whole: boolean;
  /** The store is being asked for the next page. */
  asking: 'no' | 'yes' | 'again';
  /** In the reader's list of those with something to send. */
  behind: boolean;
  /** In the reader's list of those whose cursor lags. */
  lags: boolean;
  over: boolean;
};

export const newSubscription = (
  reading: Reading,
  tail: Tail,
  sight: Sight,
  role: Role | null,
  epoch: number,
  after: number,
): Subscription => ({
  stream: tail.stream,
  interaction: interactionOf(tail.stream),
  epoch,
  sight,
  role,
  tail,
  reading,
  told: after,
  scanned: after,
  page: [],
  pageUsed: 0,
  pageBytes: 0,
  whole: false,
  asking: 'no',
  behind: false,
  lags: false,
  over: false,
});

/** The line after `scanned`; null: there is none yet; `page`: only the store has it, if anybody. */
export function nextLine(one: Subscription): Line | 'page' | null {
  const fromPage = one.page[one.pageUsed];
  if (fromPage !== undefined) return fromPage;
  const { tail, scanned } = one;
  if (tail.head === 0) return one.whole ? null : 'page';
  if (scanned >= tail.head) return null;
  return tail.lines.length > 0 && scanned + 1 >= firstSeq(tail)
    ? lineAt(tail, scanned + 1)
    : 'page';
}

/** The line that `nextLine` gave is done with. */
export function advance(one: Subscription, line: Line): void {
  one.scanned = line.event.seq;
  if (one.page.length === 0) return;
  one.pageUsed++;
  if (one.pageUsed >= one.page.length) {
    one.page = [];
    one.pageUsed = 0;
  }
}
