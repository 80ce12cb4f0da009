import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * The index is made of the log alone, so it is never lifted to a new shape: another version, or a
 * damaged file, is thrown away and made anew.
 */
const VERSION = 2;
const BUSY_MS = 2_000;
const CACHE_KIB = 32 * 1024;

/** How an interaction's text at `seq` is called: in the order of interactions, then of seqs. */
export const textId = (interaction: number, seq: number): number => interaction * SEQS + seq;
export const interactionOfText = (text: number): number => Math.floor(text / SEQS);
export const seqOfText = (text: number): number => text % SEQS;

/**
 * Seqs that have an id of their own: at a message a second, for twelve days. Together with 2^33
 * positions they fill the integers that JavaScript knows.
 */
export const SEQS = 2 ** 20;

/** The connection that writes; `country` completes national phone numbers, and is part of the version. */
export function openIndex(file: string, country: string | null): DatabaseSync {
  const version = `${VERSION} ${country ?? ''}`;
  try {
    const db = connect(file);
    if (hasVersion(db, version)) return db;
    db.close();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  removeIndex(file);
  const db = connect(file);
  create(db, version);
  return db;
}

function hasVersion(db: DatabaseSync, version: string): boolean {
  try {
    const row = db.prepare("SELECT value FROM facts WHERE name = 'version'").get();
    return row?.value === version;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Nobody may write to it any more. */
export function removeIndex(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}

export function openIndexReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS, readOnly: true });
  db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  return db;
}

/** A new file without tables, or one that is none of ours. */
function isUnreadable(error: unknown): boolean {
  const { errcode = 0, message = '' } = error as { errcode?: number; message?: string };
  return [CORRUPT, NOT_A_DATABASE].includes(errcode & 0xff) || message.includes('no such table');
}
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

function connect(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: false });
  try {
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -${CACHE_KIB};
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * An interaction's id is the position of its `started`: in the order of their beginnings, and the
 * same however often the index is made. A label's `seq` says which event's words it came from, so
 * that it goes with them; 0: from no words.
 */
function create(db: DatabaseSync, version: string): void {
  db.exec(`
    BEGIN;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE cursor (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      position INTEGER NOT NULL,
      event TEXT NOT NULL
    ) STRICT;
    CREATE TABLE interactions (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      customer TEXT NOT NULL,
      channel TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      done_at INTEGER
    ) STRICT;
    CREATE INDEX interactions_started ON interactions (started_at);
    CREATE TABLE labels (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      interaction INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (kind, value, interaction, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX labels_interaction ON labels (interaction);
    CREATE TABLE given (
      interaction INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      name TEXT,
      subject TEXT,
      PRIMARY KEY (interaction, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE texts USING fts5 (
      text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
    INSERT INTO texts (texts, rank) VALUES ('secure-delete', 1);
    COMMIT;
  `);
  db.prepare("INSERT INTO facts (name, value) VALUES ('version', ?)").run(version);
}
