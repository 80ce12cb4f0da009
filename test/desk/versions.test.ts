import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { openDexieDisk } from '../../desk/disk/dexie/open.ts';
import { versions } from '../../desk/disk/dexie/versions.ts';
import { chat1, chat2, commandId, offer1 } from './parts.ts';

type Fixture = {
  readonly version: number;
  readonly stores: Readonly<Record<string, StoreFixture>>;
};
type StoreFixture = {
  readonly keyPath: string | string[];
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
  }[];
  readonly rows: readonly unknown[];
};

const folder = new URL('fixtures/', import.meta.url);
const fixtures = readdirSync(folder).filter((name) => name.startsWith('disk-version-'));

/** A browser's database as that version of the extension has left it, made without our code. */
async function restore(database: string, file: string): Promise<void> {
  const fixture = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(database, fixture.version);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      for (const [name, { keyPath, autoIncrement, indexes, rows }] of Object.entries(
        fixture.stores,
      )) {
        const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const index of indexes)
          store.createIndex(index.name, index.keyPath, { unique: index.unique });
        for (const row of rows) store.put(row);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

test('there is a fixture of every version', () => {
  expect(fixtures.sort()).toEqual(versions.map((_, n) => `disk-version-${n + 1}.json`));
});

/** What a database is made of, without its rows. */
async function shapeOf(name: string): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction([...database.objectStoreNames]);
  const shape = [...database.objectStoreNames].map((store) => {
    const { keyPath, autoIncrement, indexNames } = transaction.objectStore(store);
    const indexes = [...indexNames].map((index) => {
      const { keyPath, unique } = transaction.objectStore(store).index(index);
      return { index, keyPath, unique };
    });
    return { store, keyPath, autoIncrement, indexes };
  });
  database.close();
  return { version: database.version, shape };
}

test('a released version is never changed: a new database is what the newest fixture says', async () => {
  await restore('of the fixture', fixtures.at(-1) ?? '');
  const disk = openDexieDisk('a new one');
  await disk.overview();
  disk.close();
  expect(await shapeOf('a new one')).toEqual(await shapeOf('of the fixture'));
});

test.each(fixtures)('everything in %s is still there after the upgrade', async (file) => {
  await restore(file, file);
  const disk = openDexieDisk(file);
  const seen = await disk.overview();
  expect(seen.account).toMatchObject({ agent: 'agent-ana', refreshToken: 'refresh-0' });
  expect(seen.agent).toMatchObject({ seq: 4, limits: { chat: 4 }, idle: false });
  expect(seen.open.map(({ interaction }) => interaction)).toEqual([chat1]);
  expect(seen.offers.map(({ offer }) => offer)).toEqual([offer1]);
  expect(seen.outbox.map(({ id, state }) => [id, state])).toEqual([
    [commandId(1), 'waiting'],
    [commandId(2), 'acknowledged'],
    [commandId(3), 'refused'],
  ]);
  expect((await disk.doneInteractions(20)).map((row) => row.interaction)).toEqual([chat2]);
  const { events, row } = await disk.transcript(chat1, 100);
  expect(events.map(({ seq, content }) => [seq, content?.text])).toEqual([
    [1, undefined],
    [2, 'hello'],
    [3, undefined],
  ]);
  expect(row?.customerMarks).toEqual({ delivered: 2, read: 1 });
  expect(await disk.draft(chat1)).toMatchObject({
    text: 'half',
    dispositions: ['solved'],
    note: 'paid',
  });
  expect(await disk.fact('selected')).toBe(chat1);
  await disk.enqueue({ id: commandId(4), command: { type: 'can-show' }, createdAt: 0 });
  expect((await disk.waiting(0)).map(({ id }) => id)).toEqual([commandId(1), commandId(4)]);
  disk.close();
  await Dexie.delete(file);
});
