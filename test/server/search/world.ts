import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type InteractionId, interactionStream } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { Content } from '../../../protocol/parts.ts';
import type { Query } from '../../../server/search/query.ts';
import { type Search, startSearch } from '../../../server/search/search.ts';
import type { Store, StoredEvent } from '../../../server/store/contract.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import { newId } from '../../contracts/store-world.ts';
import { type HeldClock, holdClock } from '../../simulation/held-clock.ts';

export const START = Date.UTC(2026, 0, 1);

export type Said = InteractionEvent | readonly [InteractionEvent, Content];
export type Started = {
  readonly customer?: string;
  readonly queue?: string;
  readonly words?: Content;
};

/** Events in the words of these tests. */
export const says = (text: string): Said => [
  { type: 'message-posted', author: { kind: 'customer' } },
  { text },
];
export const notes = (text: string, agent = 'ana'): Said => [
  { type: 'note-added', author: { kind: 'agent', agent: agent as never, name: agent } },
  { text },
];
export const accepted = (agent: string): Said => ({
  ...{ type: 'accepted', offer: null, agent: agent as never, name: agent, epoch: 1 },
});
export const tagged = (...tags: string[]): Said => ({
  ...{ type: 'tags-set', author: { kind: 'system' }, tags },
});
export const doneWith = (dispositions: string[], note = ''): Said => [
  {
    ...{ type: 'marked-done', by: 'agent', dispositions, incomplete: false },
    ...{ resolved: null, sendTranscript: false },
  },
  note === '' ? {} : { note },
];

export type SearchWorld = {
  readonly store: Store;
  readonly clock: HeldClock;
  readonly files: { readonly log: string; readonly index: string; readonly country: string };
  readonly folder: string;
  readonly search: () => Search;
  /** Another interaction begins, with these events behind its beginning. */
  readonly begin: (id: string, how: Started, ...events: readonly Said[]) => Promise<void>;
  readonly go: (id: string, ...events: readonly Said[]) => Promise<void>;
  /** The words of these seqs are taken away. */
  readonly remove: (id: string, ...seqs: number[]) => Promise<void>;
  /** Two seconds pass, and what was begun in them is over. */
  readonly twoSeconds: () => Promise<void>;
  /** The ids of what is found, newest first. */
  readonly find: (query: Partial<Query>) => Promise<string[]>;
  /** The index closes and opens again, over what it left. */
  readonly reopen: () => Promise<void>;
};

/** A real database and a real index in a folder of their own; time is held. */
export async function searchWorld(country = 'DE'): Promise<SearchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-search-'));
  const files = { log: join(folder, 'deskside.db'), index: join(folder, 'search.db'), country };
  const clock = holdClock(START);
  const store = await openSqlite({ file: files.log });
  const hearers = new Set<(events: readonly StoredEvent[]) => void>();
  const warnings: string[] = [];
  const open = () =>
    startSearch({
      ...files,
      clock,
      onEvents: (hear) => {
        hearers.add(hear);
        return () => void hearers.delete(hear);
      },
      warn: (message) => void warnings.push(message),
    });
  let search = await open();
  onTestFinished(async () => {
    await search.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const seqs = new Map<string, number>();

  async function append(id: string, events: readonly Said[], blank: readonly number[] = []) {
    const expected = seqs.get(id) ?? 0;
    seqs.set(id, expected + events.length);
    const stream = interactionStream(id as InteractionId);
    const news = events.map((event) =>
      'type' in event ? { body: event } : { body: event[0], content: event[1] },
    );
    await store.append({
      ...{ principal: 'test', commandId: newId(), hash: '', answer: '', at: clock.now() },
      streams: [{ stream, expected, events: news, blank, snapshot: null }],
    });
    for (const hear of hearers) hear([]);
  }

  return {
    store,
    clock,
    files,
    folder,
    search: () => search,
    begin: (id, { customer = `customer-of-${id}`, queue = 'sales', words = {} }, ...events) =>
      append(id, [
        [
          {
            ...{ type: 'started', channel: 'chat', customer: customer as never },
            ...{ queue: queue as never, language: 'en' },
          },
          words,
        ],
        {
          ...{ type: 'queued', queue: queue as never, priority: 5, enqueuedAt: clock.now() },
          ...{ reason: 'started', skipped: [], preferred: null, preferredUntil: null },
          target: null,
        },
        ...events,
      ]),
    go: (id, ...events) => append(id, events),
    remove: (id, ...gone) => append(id, [{ type: 'content-removed', seqs: gone }], gone),
    async twoSeconds() {
      const end = clock.now() + 2_000;
      // What the threads answer comes in real time, and each answer may ask for the next.
      while (clock.now() < end) {
        await clock.advance(100);
        await search.looked();
      }
    },
    find: async (query) =>
      (await search.find({ ...anything, ...query })).rows.map(({ interaction }) => interaction),
    async reopen() {
      await search.close();
      search = await open();
    },
  };
}

export const anything: Query = {
  ...{ text: null, phone: null, email: null, customer: null, queue: null, agent: null },
  ...{ disposition: null, tag: null, channel: null, from: null, to: null, heldBy: null },
  ...{ after: null, limit: 50 },
};
