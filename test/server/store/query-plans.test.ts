import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../../server/store/sqlite/migrations.ts';
import { createReads } from '../../../server/store/sqlite/read-rows.ts';
import { createBatchWriter } from '../../../server/store/sqlite/write-batch.ts';
import { newFolder } from './sqlite-files.ts';

/** A database that remembers what it was asked to prepare. */
class Remembering extends DatabaseSync {
  readonly texts: string[] = [];
  override prepare(text: string) {
    this.texts?.push(text);
    return super.prepare(text);
  }
}

let folder: string;
let db: Remembering;
beforeAll(async () => {
  folder = await newFolder();
  db = new Remembering(join(folder, 'desk.db'));
  migrate(db);
});
afterAll(async () => {
  db.close();
  await rm(folder, { recursive: true });
});

/** The steps that walk through a whole table or index, or that sort. */
const slowSteps = (text: string) =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${text}`)
    .all()
    .map(({ detail }) => String(detail))
    .filter((detail) => /^SCAN (?!CONSTANT)|TEMP B-TREE/.test(detail));

test('no statement gets slower as the database grows: each finds its rows by an index', () => {
  db.texts.length = 0;
  createReads(db);
  createBatchWriter(db);
  const texts = db.texts.filter((text) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(text));
  expect(texts.length).toBeGreaterThan(25);
  expect(texts.flatMap(slowSteps)).toEqual([]);
});

test('a statement that walks through a table is caught', () => {
  expect(slowSteps('SELECT count(*) FROM events WHERE at > 5')).toHaveLength(1);
  expect(slowSteps('SELECT name FROM streams WHERE key > ? ORDER BY id')).not.toEqual([]);
});
