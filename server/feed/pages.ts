import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { Store, StoredEvent } from '../store/contract.ts';
import { type Line, newLine } from './line.ts';
import type { Subscription } from './subscription.ts';
import { isWeather } from './weather.ts';

/** Asks the store for what no tail holds, for many readers, a few at a time. */
export type Pages = {
  /** Fills the subscription's page, then calls `filled`; tries again while the store is away. */
  readonly ask: (one: Subscription) => void;
  readonly waiting: () => number;
};

export type PagesDeps = {
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  /** Everything up to this position was heard; what a page holds beyond it will be. */
  readonly position: () => number;
  /** The subscription has its page, or (the store is away) must do without for a while. */
  readonly filled: (one: Subscription) => void;
  readonly pageBytes: number;
};

/** Store reads under way at once: after a restart every reader asks, and each page lies in memory. */
const UNDER_WAY_MAX = 64;
const PAGE_EVENTS = 256;
/** What the store may count for an event besides its words, and for a character of them (`\\u0000`). */
const EVENT_BYTES = 512;
const CHARACTER_BYTES = 6;
/** No event holds more words than one frame brought, or one answer of a bot; and what stands around them. */
const EVENT_BYTES_MAX = limits.frameUpBytes + 32 * 1024;
const RETRY_MS = 500;

export function createPages({ store, clock, position, filled, pageBytes }: PagesDeps): Pages {
  let queue: Subscription[] = [];
  let next = 0;
  let underWay = 0;

  function ask(one: Subscription): void {
    one.asking = 'yes';
    queue.push(one);
    start();
  }

  function start(): void {
    while (underWay < UNDER_WAY_MAX && next < queue.length) {
      const one = queue[next++];
      if (one !== undefined && !one.over) void read(one);
    }
    if (next === queue.length) {
      queue = [];
      next = 0;
    }
  }

  async function read(one: Subscription): Promise<void> {
    underWay++;
    try {
      fill(one, await store.read(one.stream, one.scanned, PAGE_EVENTS, pageBytes));
    } catch (error) {
      if (!isWeather(error)) throw error;
      one.asking = 'again';
      clock.at(clock.now() + RETRY_MS, () => {
        if (!one.over) ask(one);
      });
      filled(one);
    } finally {
      underWay--;
      start();
    }
  }

  /** Only what was heard: a reader's view is always the one of a position (see `fillBatch`). */
  function fill(one: Subscription, events: readonly StoredEvent[]): void {
    one.asking = 'no';
    if (one.over) return;
    const heard = position();
    const lines: Line[] = [];
    let unheard = false;
    for (const event of events) {
      if (event.position > heard) unheard = true;
      else if (event.seq > one.scanned) lines.push(newLine(event));
    }
    one.pageBytes = bytesOf(events);
    one.whole = unheard || isWhole(events.length, one.pageBytes);
    one.page = lines;
    one.pageUsed = 0;
    filled(one);
  }

  /** Another event would have had room: there was none. */
  const isWhole = (events: number, bytes: number): boolean =>
    events === 0 || (events < PAGE_EVENTS && bytes + EVENT_BYTES_MAX <= pageBytes);

  return { ask, waiting: () => queue.length - next + underWay };
}

/** At most so much, by the store's count. */
function bytesOf(events: readonly StoredEvent[]): number {
  let bytes = 0;
  for (const { content } of events) {
    bytes += EVENT_BYTES;
    if (content) for (const text of Object.values(content)) bytes += CHARACTER_BYTES * text.length;
  }
  return bytes;
}
