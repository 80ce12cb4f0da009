import { Dexie, type Table } from 'dexie';
import type { Engine, NewOutboxRow, Read, TableName, Write } from '../engine.ts';
import type { DraftRow, EventRow, InteractionRow, OfferRow, OutboxRow } from '../rows.ts';
import { versions } from './versions.ts';

/**
 * The desk's disk on IndexedDB. Chrome commits `relaxed` unless asked otherwise (since 121): what
 * a person wrote goes through a second connection that asks for `strict`.
 */
export function dexieEngine(name: string): Engine {
  const quick = open(name, 'relaxed');
  const strict = open(name, 'strict');
  const reader = read(quick);
  const writers = { quick: write(quick), strict: write(strict) };
  const databases = { quick, strict };
  return {
    // Dexie follows native `await`s only into functions that are `async` themselves.
    read: (tables, body) => quick.transaction('r', [...tables], async () => body(reader)),
    write: (durability, tables, body) =>
      databases[durability].transaction('rw', [...tables], async () => body(writers[durability])),
    close: () => {
      quick.close();
      strict.close();
    },
  };
}

type Database = Dexie & {
  readonly facts: Table<{ readonly name: string; readonly value: unknown }, string>;
  readonly interactions: Table<InteractionRow, string>;
  readonly events: Table<EventRow, [string, number]>;
  readonly offers: Table<OfferRow, string>;
  readonly outbox: Table<OutboxRow, number, NewOutboxRow>;
  readonly drafts: Table<DraftRow, string>;
};

function open(name: string, chromeTransactionDurability: 'relaxed' | 'strict'): Database {
  const database = new Dexie(name, { chromeTransactionDurability }) as Database;
  for (const version of versions) version(database);
  return database;
}

const read = (t: Database): Read => ({
  fact: async (name) => ((await t.facts.get(name))?.value ?? null) as never,
  interaction: async (id) => (await t.interactions.get(id)) ?? null,
  openInteractions: () => inState(t, 'open').toArray(),
  doneInteractions: (skip, most) => inState(t, 'done').reverse().offset(skip).limit(most).toArray(),
  // Forwards: one `getAll`, where backwards a cursor would step from row to row.
  shownEvents: (id, after, upTo) =>
    t.events.where('[interaction+shown]').between([id, after], [id, upTo], false, true).toArray(),
  event: async (id, seq) => (await t.events.get([id, seq])) ?? null,
  offers: () => t.offers.toArray(),
  outboxRow: async (id) => (await t.outbox.get({ id })) ?? null,
  // Equal keys of an index come in the order of the primary key, which is the order of writing.
  outboxIn: (state) => t.outbox.where('state').equals(state).toArray(),
  outboxOf: (lane) => t.outbox.where('lane').equals(lane).toArray(),
  outboxAfter: (order) => t.outbox.where(':id').above(order).toArray(),
  outboxSize: () => t.outbox.count(),
  draft: async (id) => (await t.drafts.get(id)) ?? null,
  drafts: () => t.drafts.toArray(),
});

const inState = (t: Database, state: InteractionRow['state']) =>
  t.interactions.where('[state+doneAt]').between([state, Dexie.minKey], [state, Dexie.maxKey]);

const write = (t: Database): Write => ({
  ...read(t),
  setFact: async (name, value) => {
    if (value === null) await t.facts.delete(name);
    else await t.facts.put({ name, value });
  },
  putInteraction: async (row) => void (await t.interactions.put(row)),
  dropInteraction: async (id) => {
    await t.interactions.delete(id);
    await t.events.where(':id').between([id, Dexie.minKey], [id, Dexie.maxKey]).delete();
  },
  putEvents: async (rows) => void (await t.events.bulkPut(rows)),
  putOffer: async (row) => void (await t.offers.put(row)),
  dropOffer: (id) => t.offers.delete(id),
  addOutboxRow: async (row) => void (await t.outbox.add(row)),
  putOutboxRow: async (row) => void (await t.outbox.put(row)),
  dropOutboxRows: async (ids) => void (await t.outbox.where('id').anyOf(ids).delete()),
  putDraft: async (row) => void (await t.drafts.put(row)),
  dropDraft: (id) => t.drafts.delete(id),
  clear: async (tables: readonly TableName[]) => {
    for (const name of tables) await t.table(name).clear();
  },
});
