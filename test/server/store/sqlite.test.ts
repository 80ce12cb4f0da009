import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../../../server/store/contract.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import { storeContract } from '../../contracts/store.ts';
import { appendTo, chat, message, messages, positionOf } from '../../contracts/store-world.ts';
import { makeSqlite, newFolder } from './sqlite-files.ts';

/** Threads start slowly on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 30_000 });

storeContract('the SQLite store', () => makeSqlite({}));

let folder: string;
let file: string;
const opened: Store[] = [];
beforeEach(async () => {
  folder = await newFolder();
  file = join(folder, 'data', 'desk.db');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await rm(folder, { recursive: true });
});

async function open(options: Partial<Parameters<typeof openSqlite>[0]> = {}): Promise<Store> {
  const store = await openSqlite({ file, ...options });
  opened.push(store);
  return store;
}

test('several readers answer looks that are asked at once', async () => {
  const store = await open({ readers: 2 });
  await store.append(appendTo(chat('a'), 0, messages(9)));
  const looks = Array.from({ length: 100 }, (_, index) => store.readAll(index % 9, 1));
  const seqs = (await Promise.all(looks)).map(([event]) => event?.seq);
  expect(seqs).toEqual(Array.from({ length: 100 }, (_, index) => (index % 9) + 1));
});

test('only the owner of the database can read it', async () => {
  await open();
  for (const name of [file, `${file}-wal`]) expect((await stat(name)).mode & 0o777).toBe(0o600);
});

test('a database of a newer program is refused in one line', async () => {
  await (await open()).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  const refusal = await open().catch((error: Error) => error);
  expect(refusal).toMatchObject({ name: 'DatabaseTooNew' });
  expect(String(refusal)).toMatch(/version 99.*up to \d+: start the newer program\.$/);
});

test('a file that is no database is refused', async () => {
  await expect(openSqlite({ file: folder })).rejects.toThrow('store-writer');
});

test('what another process writes is noticed: a command of the operator beside the running server', async () => {
  const server = await open();
  const command = await open();
  await server.append(appendTo(chat('a'), 0, messages(1)));
  expect(positionOf(await command.append(appendTo(chat('a'), 1, messages(1))))).toBe(2);
  const late = await server.append(appendTo(chat('a'), 1, messages(1)));
  expect(late).toEqual({ type: 'conflict', stream: chat('a'), seq: 2 });
  expect(positionOf(await server.append(appendTo(chat('a'), 2, messages(1))))).toBe(3);
  expect(await command.readAll(0, 10)).toHaveLength(3);
});

test('the log is copied into the database while there is writing without a pause', async () => {
  const store = await open();
  const big = message('x'.repeat(200_000));
  const copied = async () => (await stat(file)).size > 4 * 1024 * 1024;
  for (let seq = 0; seq < 2_000 && !(await copied()); seq++)
    await store.append(appendTo(chat('a'), seq, [big]));
  expect(await copied()).toBe(true);
});

test(
  'a full database refuses what doesn’t fit, and takes it again once there is room',
  refusesWhenFull,
);

async function refusesWhenFull(): Promise<void> {
  const warnings: string[] = [];
  const store = await open({ pagesMax: 100, warn: (message) => warnings.push(message) });
  const big = message('x'.repeat(16_000));
  let seq = 0;
  let refused = appendTo(chat('a'), 0, [big]);
  for (; seq < 100; seq++) {
    refused = appendTo(chat('a'), seq, [big]);
    const result = await store.append(refused).catch((error: Error) => error);
    if (result instanceof Error) break;
  }
  const others = ['b', 'c'].map((name) => appendTo(chat(name), 0, [big]));
  for (const each of await Promise.allSettled([refused, ...others].map(store.append)))
    expect('reason' in each && each.reason).toMatchObject({ name: 'StoreUnavailable' });
  expect(seq).toBeGreaterThan(5);
  expect(await store.readAll(0, 1_000)).toHaveLength(seq);
  expect(await store.newest()).toMatchObject({ position: seq });
  await store.append(appendTo(chat('a'), seq, [message('small')], { blank: [1, 2, 3] }));
  const [first] = refused.streams;
  const again = { ...refused, streams: [{ ...first!, expected: seq + 1 }] };
  expect(await store.append(again)).toEqual({ type: 'appended', position: seq + 2 });
  expect(warnings.map((line) => line.split(':')[1]?.trim())).toEqual(['disk full', undefined]);
}

/** A small disk of its own in this folder, or null where that isn't allowed. */
function mountDisk(path: string): { unmount: () => void } | null {
  mkdirSync(path);
  const run = (program: string, ...words: string[]) => spawnSync(program, words).status === 0;
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'none', path)) return null;
  return { unmount: () => run('umount', path) };
}

test('a full disk makes the store unavailable until there is room again', async () => {
  const path = join(folder, 'disk');
  const disk = mountDisk(path);
  // Only root may mount: for anybody else a database that may not grow stands for the disk.
  if (disk === null) return refusesWhenFull();
  const filler = join(path, 'filler');
  const warnings: string[] = [];
  const store = await openSqlite({
    file: join(path, 'desk.db'),
    warn: (message) => warnings.push(message),
  });
  try {
    await store.append(appendTo(chat('a'), 0, [message('before')]));
    expect(() => writeFileSync(filler, Buffer.alloc(4_000_000))).toThrow('ENOSPC');
    const words = [message('x'.repeat(60_000))];
    const append = appendTo(chat('a'), 1, words);
    const others = ['b', 'c'].map((name) => appendTo(chat(name), 0, words));
    const results = await Promise.allSettled([append, ...others].map(store.append));
    for (const each of results) {
      expect('reason' in each && each.reason).toMatchObject({ name: 'StoreUnavailable' });
    }
    await expect(store.probe()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await store.readAll(0, 10)).toHaveLength(1);
    rmSync(filler);
    await store.probe();
    expect(await store.append(append)).toEqual({ type: 'appended', position: 2 });
    expect(warnings.map((line) => line.split(':')[1]?.trim())).toEqual(['disk full', undefined]);
  } finally {
    await store.close();
    disk.unmount();
  }
});
