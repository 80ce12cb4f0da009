import type { StreamName } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Role } from '../../protocol/members.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';
import type { Reader as Who } from './audience.ts';
import { addLagging, finish, isEmpty, newBatch } from './batch.ts';
import { fillBatch } from './fill-batch.ts';
import type { Follow } from './follow.ts';
import { createPages } from './pages.ts';
import { forgetDone, newReading, type Piece, type ReaderHears, type Reading } from './reading.ts';
import { createStreams } from './streams.ts';
import { nextLine, type Subscription } from './subscription.ts';
import { prepend, settle } from './tail.ts';

/**
 * Turns stored events into each reader's ordered feed. Live push is catch-up from the newest
 * cursor: the same code sends what was stored a moment ago and what was missed for an hour.
 */
export type Feed = {
  /** `send` gets whole batch frames, one at a time: the next only after `got`. */
  readonly open: (who: Who, hears: ReaderHears, send: (text: string) => void) => Reader;
  /** For metrics and tests. */
  readonly size: () => {
    readonly readers: number;
    readonly streams: number;
    readonly lines: number;
    readonly waiting: number;
  };
  readonly close: () => void;
};

export type Reader = {
  /**
   * Follows a stream after this seq. Only for streams that the reader may read: the feed asks
   * nobody, except that it heeds what it sends of an agent's own stream (granted, revoked).
   * `role`: an agent's in an interaction, else null.
   */
  readonly subscribe: (stream: StreamName, epoch: number, after: number, role: Role | null) => void;
  readonly unsubscribe: (stream: StreamName) => void;
  /** The reader found a gap: again after this seq. False: this epoch of it isn’t followed, or not there. */
  readonly again: (stream: StreamName, epoch: number, after: number) => boolean;
  /** The batch is kept; says what was in it. Another number than the one under way means nothing. */
  readonly got: (batch: number) => readonly Piece[];
  /** The last seq of a followed stream that was sent; null: not followed. */
  readonly sent: (stream: StreamName) => number | null;
  /** Since when a batch is unacknowledged, or null. */
  readonly waitingSince: () => number | null;
  readonly close: () => void;
};

export type FeedDeps = {
  readonly store: Pick<Store, 'read'>;
  readonly follow: Pick<Follow, 'onEvents' | 'position'>;
  readonly clock: Clock;
  /** The largest batch; for tests. */
  readonly batchBytes?: number;
};

/** So many readers are served in one turn of the event loop; the others in the next. */
const READERS_PER_TURN = 256;
/** Offers come and go; a reader who sees none of it hears of it once a second at most. */
const LAG_MS = 1_000;
/** Pages that one reader asks for at once; each is at most as large as a batch. */
const PAGES_AT_ONCE = 4;

export function createFeed(deps: FeedDeps): Feed {
  const { store, follow, clock, batchBytes = limits.frameDownBytes } = deps;
  const streams = createStreams(wake);
  const pages = createPages({
    store,
    clock,
    position: follow.position,
    pageBytes: batchBytes,
    filled: (one) => {
      if (one.over) return;
      if (one.whole) prepend(one.tail, one.page, streams.count);
      wake(one.reading);
    },
  });
  let readers = 0;
  let due: Reading[] = [];

  const stop = follow.onEvents((events) => {
    for (const event of events) streams.hear(event);
  });

  /** Sends in the next turn, together with whatever else happens in this one. */
  function wake(reading: Reading): void {
    if (reading.due || reading.flight !== null) return;
    reading.due = true;
    if (due.length === 0) clock.soon(serve);
    due.push(reading);
  }

  function serve(): void {
    const now = due.length > READERS_PER_TURN ? due.splice(0, READERS_PER_TURN) : due;
    if (now === due) due = [];
    else clock.soon(serve);
    for (const reading of now) {
      reading.due = false;
      sendNext(reading);
    }
  }

  function sendNext(reading: Reading): void {
    if (reading.closed || reading.flight !== null || isWaiting(reading)) return;
    const batch = reading.begun ?? newBatch(batchBytes);
    reading.begun = null;
    const needed = fillBatch(batch, reading, streams);
    if (reading.closed) return;
    if (needed?.asking === 'no') pages.ask(needed);
    if (batch.grants) {
      // What is granted comes with the grant: asked for after it, it would come a journey later.
      batch.grants = false;
      if (isWaiting(reading)) {
        reading.begun = batch;
        return;
      }
    }
    if (!isEmpty(batch) || reading.lagDue === 'now') {
      reading.lagging = addLagging(batch, reading.lagging);
      reading.lagDue = 'no';
    }
    if (isEmpty(batch)) {
      forgetDone(reading, isDone);
      // Lines that the reader may not see were used up: on with the next page.
      isWaiting(reading);
      if (reading.lagging.length > 0) tellLagLater(reading);
      return;
    }
    const number = ++reading.batches;
    const text = finish(batch, number);
    forgetDone(reading, isDone);
    reading.flight = { batch: number, since: clock.now(), pieces: batch.pieces };
    if (reading.lagging.length > 0) tellLagLater(reading);
    reading.send(text);
  }

  function isDone(one: Subscription): boolean {
    if (nextLine(one) !== null) return false;
    settle(one.tail, streams.count);
    return true;
  }

  /** What the reader may not see is no reason to send; but once it is quiet, cursors are brought up. */
  function tellLagLater(reading: Reading): void {
    if (reading.lagDue !== 'no') return;
    reading.lagDue = 'later';
    clock.at(clock.now() + LAG_MS, () => {
      if (reading.closed || reading.lagDue !== 'later') return;
      reading.lagDue = 'now';
      wake(reading);
    });
  }

  /** Asks the store for pages that are missing; true: the batch is written when they are there. */
  function isWaiting(reading: Reading): boolean {
    let asked = 0;
    let missing = 0;
    let held = 0;
    for (const one of reading.behind) {
      if (one.over) continue;
      if (one.asking === 'yes') asked++;
      else if (nextLine(one) === 'page') missing++;
      held += one.page.length > 0 ? one.pageBytes : 0;
    }
    // Small pages of many streams share a batch; a full one is sent before more is asked for.
    // Those whose page the store can't give now (asking again) are not waited for.
    if (missing > 0 && held < batchBytes)
      for (const one of reading.behind) {
        if (asked >= PAGES_AT_ONCE) break;
        if (one.over || one.asking !== 'no' || nextLine(one) !== 'page') continue;
        asked++;
        pages.ask(one);
      }
    return asked > 0;
  }

  function open(who: Who, hears: ReaderHears, send: (text: string) => void): Reader {
    const reading = newReading(who, hears, send);
    /** Where the own stream began: what was granted and taken away before isn't granted again. */
    let ownAfter = 0;
    readers++;
    return {
      subscribe: (stream, epoch, after, role) => {
        if (reading.closed) return;
        streams.follow(reading, stream, epoch, after, role);
        if (reading.own?.stream === stream) ownAfter = after;
      },
      unsubscribe: (stream) => {
        const held = reading.subscriptions.get(stream);
        if (held !== undefined) streams.leave(held);
      },
      again: (stream, epoch, after) => {
        const held = reading.subscriptions.get(stream);
        // Further than it was sent nobody has it; a revocation in between would never be heeded.
        if (held?.epoch !== epoch || after > held.told) return false;
        if (held === reading.own && after < ownAfter) return false;
        // A batch under way with a piece of it was not applied: it isn't waited for.
        if (reading.flight?.pieces.some((piece) => piece.stream === stream)) reading.flight = null;
        streams.follow(reading, stream, epoch, after, held.role);
        return true;
      },
      got: (batch) => {
        const { flight } = reading;
        if (flight?.batch !== batch) return [];
        reading.flight = null;
        if (reading.behind.length > 0 || reading.lagDue === 'now') wake(reading);
        return flight.pieces;
      },
      sent: (stream) => reading.subscriptions.get(stream)?.told ?? null,
      waitingSince: () => reading.flight?.since ?? null,
      close: () => {
        if (reading.closed) return;
        reading.closed = true;
        readers--;
        for (const one of [...reading.subscriptions.values()]) streams.leave(one);
      },
    };
  }

  return {
    open,
    size: () => ({
      readers,
      streams: streams.size(),
      lines: streams.count.lines,
      waiting: pages.waiting(),
    }),
    close: stop,
  };
}
