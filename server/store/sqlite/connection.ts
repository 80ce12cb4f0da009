import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process (a backup, a command) may hold the write lock for a moment. */
const BUSY_MS = 5_000;

/**
 * No memory mapping on either side: there an I/O error is a SIGBUS that ends the process, here
 * it is an error that the store survives.
 */
const CACHE_KIB = { writing: 64 * 1024, reading: 16 * 1024 };

/** At 256 MiB the writer copies the log by itself: only when nobody else does (see `checkpoint.ts`). */
const LOG_PAGES_MAX = 64_000;

/** The one connection that writes. Creates the file, readable by its owner only. */
export function openWriting(file: string, pagesMax: number | null): DatabaseSync {
  createPrivate(file);
  const db = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: false });
  try {
    const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
    if (mode !== 'wal') throw new Error(`${file} can't have a write-ahead log (${mode}).`);
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA wal_autocheckpoint = ${LOG_PAGES_MAX};
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -${CACHE_KIB.writing};
    `);
    if (pagesMax !== null) db.exec(`PRAGMA max_page_count = ${pagesMax}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The connection that only copies the log; the file must have been opened for writing before. */
export function openCopying(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: false });
  db.exec('PRAGMA synchronous = FULL');
  return db;
}

/** A connection that can't write; the file must have been opened for writing before. */
export function openReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS, readOnly: true });
  db.exec(`PRAGMA cache_size = -${CACHE_KIB.reading}`);
  return db;
}

/**
 * SQLite gives its log the permissions of the database. An existing file is never opened here:
 * closing it would drop the locks that SQLite holds on it in this process.
 */
function createPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
