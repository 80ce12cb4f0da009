import type { CommandId, StreamName } from '../../../protocol/ids.ts';
import type { Content } from '../../../protocol/parts.ts';
import { createLocalBus } from '../../../server/bus/local.ts';
import { createFeed } from '../../../server/feed/feed.ts';
import { createFollow } from '../../../server/feed/follow.ts';
import {
  type EventBody,
  type Store,
  type StoredEvent,
  StoreUnavailable,
} from '../../../server/store/contract.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { createMemoryDisk } from '../../simulation/memory-disk.ts';
import { createMemoryStore } from '../../simulation/memory-store.ts';

export type News = { readonly body: EventBody; readonly content?: Content };

/** A store that can be away, a clock that stands still, and the feed over them. */
export async function logWorld(options: { readonly batchBytes?: number } = {}) {
  const clock = holdClock(1_000_000);
  const disk = createMemoryDisk();
  const stored = createMemoryStore(disk);
  const weather = { away: false, reads: 0 };
  const look = <T>(ask: () => Promise<T>): Promise<T> => {
    weather.reads++;
    return weather.away ? Promise.reject(new StoreUnavailable('away')) : ask();
  };
  const store: Store = {
    ...stored,
    read: (...args) => look(() => stored.read(...args)),
    readAll: (...args) => look(() => stored.readAll(...args)),
  };
  const bus = createLocalBus();
  const follow = createFollow({ store, bus, clock, pollMs: 3_000 });
  let commands = 0;

  /** Stores one append over several streams; the caller decides who is told. */
  async function append(
    news: readonly (readonly [StreamName, readonly News[]])[],
    principal = 'system',
  ): Promise<StoredEvent[]> {
    const commandId = `command-${String(++commands).padStart(12, '0')}` as CommandId;
    const before = disk.events.length;
    await stored.append({
      principal,
      commandId,
      hash: '',
      answer: '',
      at: clock.now(),
      streams: news.map(([stream, events]) => ({
        stream,
        expected: disk.streams.get(stream)?.events.length ?? 0,
        events,
        snapshot: null,
      })),
    });
    return disk.events.slice(before).map(({ event }) => event);
  }

  await follow.start();
  const feed = createFeed({ store, follow, clock, ...options });
  return {
    clock,
    disk,
    store,
    bus,
    follow,
    feed,
    weather,
    append,
    /** Stores and tells, as `handle` does. */
    commit: async (
      news: readonly (readonly [StreamName, readonly News[]])[],
      principal?: string,
    ) => {
      const events = await append(news, principal);
      follow.committed(events);
      return events;
    },
    eventsOf: (stream: StreamName): StoredEvent[] =>
      (disk.streams.get(stream)?.events ?? []).map(({ event }) => event),
  };
}

export type LogWorld = Awaited<ReturnType<typeof logWorld>>;
