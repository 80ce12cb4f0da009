import { type DBSchema, openDB } from 'idb';
import type { OutboxRow, ReadUpTo, WidgetDisk } from './disk.ts';

/**
 * The disk of a browser: IndexedDB, one database per site. Rejects where the browser keeps nothing
 * for a frame in another's page.
 */
export async function openIndexedDisk(site: string): Promise<WidgetDisk> {
  const name = `deskside:${site}`;
  const db = await openDB<Shape>(name, migrations.length, {
    upgrade(opened, from) {
      for (const migrate of migrations.slice(from)) migrate(opened);
    },
    // A newer page in another tab wants to change the shape: don't stand in its way.
    blocking: () => location.reload(),
  });
  const channel = new BroadcastChannel(name);
  const listeners = new Set<() => void>();
  channel.onmessage = () => tell();
  const tell = () => {
    for (const hear of listeners) hear();
  };
  const told = () => {
    channel.postMessage('changed');
    tell();
  };
  /** Since Chrome 121 a transaction counts as done before it is on the disk, unless it asks. */
  const strict = () => db.transaction('outbox', 'readwrite', { durability: 'strict' });
  const released = new AbortController();

  function takeTurn(mine: (held: boolean) => void, now: boolean): void {
    let held = false;
    const hold = () =>
      new Promise<void>((release) => {
        held = true;
        mine(true);
        released.signal.addEventListener('abort', () => release());
      });
    // `steal` takes no signal: it never waits.
    const options = now ? { steal: true } : { signal: released.signal };
    navigator.locks.request(name, options, hold).catch(() => {
      if (released.signal.aborted) return;
      // Taken over by another tab; or there are no locks here: then every tab sends, and the
      // command ids keep it right.
      mine(!held);
      if (held) takeTurn(mine, false);
    });
  }

  return {
    async secret(fresh) {
      const tx = db.transaction('kept', 'readwrite', { durability: 'strict' });
      const kept = await tx.store.get('secret');
      if (kept === undefined) await tx.store.put(fresh, 'secret');
      await tx.done;
      return typeof kept === 'string' ? kept : fresh;
    },
    rows: () => db.getAll('outbox'),
    async add(row, instead) {
      const tx = strict();
      if (instead !== undefined) await removeFrom(tx.store, instead);
      await Promise.all([tx.store.add(row), tx.done]);
      told();
    },
    async remove(id) {
      const tx = strict();
      await removeFrom(tx.store, id);
      await tx.done;
      told();
    },
    async fail(id, failed) {
      const tx = strict();
      const key = await tx.store.index('id').getKey(id);
      const row = await tx.store.index('id').get(id);
      if (key !== undefined && row !== undefined) await tx.store.put({ ...row, failed }, key);
      await tx.done;
      told();
    },
    async place(interaction, start) {
      const tx = strict();
      if (start !== null) await removeFrom(tx.store, start);
      for await (const cursor of tx.store) {
        const { command } = cursor.value;
        if (command.type !== 'start' && command.interaction === null)
          await cursor.update({ ...cursor.value, command: { ...command, interaction } });
      }
      await tx.done;
      told();
    },
    async readUpTo() {
      const read = await db.get('kept', 'read');
      return typeof read === 'object' ? read : null;
    },
    async setReadUpTo(read) {
      await db.put('kept', read, 'read');
      told();
    },
    onChange(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    takeTurn,
    close() {
      released.abort();
      listeners.clear();
      channel.close();
      db.close();
    },
  };
}

interface Shape extends DBSchema {
  /** In the order in which they were written. */
  outbox: { key: number; value: OutboxRow; indexes: { id: string } };
  /** `secret` and `read`. */
  kept: { key: 'secret' | 'read'; value: string | ReadUpTo };
}

type Opened = Parameters<NonNullable<Parameters<typeof openDB<Shape>>[2]>['upgrade'] & {}>[0];
type Store = {
  readonly index: (name: 'id') => { readonly getKey: (id: string) => Promise<number | undefined> };
  readonly delete: (key: number) => Promise<void>;
};

const removeFrom = async (store: Store, id: string): Promise<void> => {
  const key = await store.index('id').getKey(id);
  if (key !== undefined) await store.delete(key);
};

/** Append only. */
const migrations: readonly ((db: Opened) => void)[] = [
  function outboxAndKept(db) {
    db.createObjectStore('outbox', { autoIncrement: true }).createIndex('id', 'id', {
      unique: true,
    });
    db.createObjectStore('kept');
  },
];
