import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { rebuildIndex } from '../../../server/search/rebuild.ts';
import { accepted, doneWith, notes, type SearchWorld, says, searchWorld, tagged } from './world.ts';

/** All that the index knows, without what only says how far it is. */
function contentsOf(file: string): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (sql: string) => db.prepare(sql).all();
  const contents = {
    cursor: all('SELECT * FROM cursor'),
    interactions: all('SELECT * FROM interactions ORDER BY id'),
    labels: all('SELECT * FROM labels ORDER BY kind, value, interaction, seq'),
    given: all('SELECT * FROM given ORDER BY interaction, seq'),
    texts: all('SELECT rowid, text FROM texts ORDER BY rowid'),
    lamp: all("SELECT rowid FROM texts WHERE texts MATCH 'lamp' ORDER BY rowid"),
  };
  db.close();
  return contents;
}

async function aDay({ begin, go, remove }: SearchWorld): Promise<void> {
  for (let n = 0; n < 30; n++) {
    const words = { name: `Customer ${n}`, email: `c${n}@shop.example`, phone: '030 901820' };
    await begin(`i${n}`, { words }, accepted('ana'), says(`lamp ${n}`), tagged('a', 'b'));
  }
  for (let n = 0; n < 30; n += 2) await go(`i${n}`, notes('a note'), tagged('a'), doneWith(['x']));
  await remove('i3', 1, 4);
}

test('END-5: what is stored is found within two seconds', async () => {
  const { begin, go, find, twoSeconds } = await searchWorld();
  await twoSeconds();
  await begin('i1', {}, says('lamp'));
  expect(await find({ text: 'lamp' })).toEqual([]);
  await twoSeconds();
  expect(await find({ text: 'lamp' })).toEqual(['i1']);
  for (let n = 0; n < 20; n++) await go('i1', says(`again ${n}`));
  await twoSeconds();
  expect(await find({ text: '"again 19"' })).toEqual(['i1']);
});

test('END-5: an index that was away reads on from where it was', async () => {
  const world = await searchWorld();
  await world.begin('i1', {}, says('lamp'));
  await world.twoSeconds();
  await world.search().close();
  await world.begin('i2', {}, says('lamp'));
  await world.reopen();
  await world.twoSeconds();
  expect(await world.find({ text: 'lamp' })).toEqual(['i2', 'i1']);
});

test('END-5: made anew from the log, the index is what it was', async () => {
  const world = await searchWorld();
  await aDay(world);
  await world.twoSeconds();
  await world.search().close();
  const grown = contentsOf(world.files.index);
  rebuildIndex(world.files);
  expect(contentsOf(world.files.index)).toEqual(grown);
});

test.each([
  ['damaged', (index: string) => writeFileSync(index, 'x'.repeat(8192))],
  ['gone', (index: string) => rmSync(index)],
  [
    'another version’s',
    (index: string) => {
      const db = new DatabaseSync(index);
      db.exec("UPDATE facts SET value = '0' WHERE name = 'version'; DROP TABLE given");
      db.close();
    },
  ],
])('an index that is %s is made anew', async (_, spoil) => {
  const world = await searchWorld();
  await aDay(world);
  await world.twoSeconds();
  await world.search().close();
  for (const end of ['-wal', '-shm']) rmSync(world.files.index + end, { force: true });
  spoil(world.files.index);
  await world.reopen();
  await world.twoSeconds();
  expect(await world.find({ text: '"lamp 7"' })).toEqual(['i7']);
});

test('an index that turns out to be damaged while it is written is made anew, and searched', async () => {
  const world = await searchWorld();
  await aDay(world);
  await world.twoSeconds();
  await world.search().close();
  spoilWords(world.files.index);
  await world.reopen();
  // Opened before it is replaced: whoever searches must not stay with the old one.
  expect(await world.find({})).toHaveLength(30);
  await world.begin('new', {}, says('a lamp'));
  await world.twoSeconds();
  await world.twoSeconds();
  expect(await world.find({ text: '"lamp 7"' })).toEqual(['i7']);
  expect((await world.find({ text: 'lamp' }))[0]).toBe('new');
});

/** The page where the words begin holds nonsense; everything else can be read. */
function spoilWords(index: string): void {
  const db = new DatabaseSync(index);
  const { page } = db
    .prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'texts_data'")
    .get() as { page: number };
  const { page_size: size } = db.prepare('PRAGMA page_size').get() as { page_size: number };
  db.close();
  const bytes = readFileSync(index);
  bytes.fill(0xa5, (page - 1) * size, page * size);
  writeFileSync(index, bytes);
}

test('END-5: after an older backup was restored the index knows nothing that the log does not', async () => {
  const world = await searchWorld();
  await world.begin('i1', {}, says('lamp'));
  await world.twoSeconds();
  await world.search().close();
  const kept = join(world.folder, 'kept.db');
  copyFileSync(world.files.index, kept);
  const other = await searchWorld();
  await other.begin('j1', {}, says('chair'));
  await other.twoSeconds();
  await other.search().close();
  for (const end of ['', '-wal', '-shm']) rmSync(other.files.index + end, { force: true });
  copyFileSync(kept, other.files.index);
  await other.reopen();
  await other.twoSeconds();
  expect(await other.find({})).toEqual(['j1']);
  expect(await other.find({ text: 'lamp' })).toEqual([]);
});

test('words that were removed leave the index, and its files', async () => {
  const world = await searchWorld();
  const words = { name: 'Secretname', email: 'secret@shop.example', phone: '+49 30 901820' };
  await world.begin('i1', { words }, says('the password is xylophone'), says('lamp'));
  await world.twoSeconds();
  expect(onDisk(world.folder)).toMatch(/xylophone/);
  await world.remove('i1', 1, 3);
  await world.twoSeconds();
  expect(await world.find({ text: 'xylophone' })).toEqual([]);
  expect(await world.find({ email: 'secret@shop.example' })).toEqual([]);
  expect(await world.find({ text: 'lamp' })).toEqual(['i1']);
  expect(onDisk(world.folder)).not.toMatch(/xylo|secretname|secret@|4930901820/i);
});

/** Of the index alone, read by another process: closing a file here would drop SQLite's locks on it. */
const onDisk = (folder: string): string =>
  execFileSync(
    'cat',
    readdirSync(folder)
      .filter((name) => name.startsWith('search'))
      .map((name) => join(folder, name)),
    { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 },
  );
