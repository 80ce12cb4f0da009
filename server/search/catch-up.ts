import type { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '../store/contract.ts';
import type { Log } from '../store/sqlite/open-log.ts';
import { createIndexing } from './index-event.ts';

/** How far the index is. */
export type Looked = {
  /** Everything up to here is found. */
  readonly position: number;
  /** There is more in the log, or text that was removed is still to leave the file. */
  readonly more: boolean;
};

/** What one look takes: about 30 ms of its thread, one commit. */
const EVENTS_MAX = 500;
const BYTES_MAX = 1024 * 1024;

/**
 * Reads the log on from the index's own cursor, a slice at each call; what was read and the cursor
 * are one transaction. A log that isn't the one that was read (a backup was restored) is read anew.
 */
export function createCatchUp(db: DatabaseSync, log: Log, country: string | null) {
  const sql = prepare(db);
  const indexing = createIndexing(db, country);
  /** Removed text still stands in the write-ahead log. */
  let removed = true;
  let checked = false;

  function look(): Looked {
    if (!checked && !isSameLog()) clear();
    checked = true;
    const after = position();
    const events = log.readAll(after, EVENTS_MAX, BYTES_MAX);
    const last = events.at(-1);
    if (last === undefined) return { position: after, more: isLeft() };
    transaction(() => {
      for (const event of events) indexing.take(event);
      indexing.flush();
      sql.move.run(last.position, nameOf(last));
    });
    removed ||= events.some(({ body }) => body.type === 'content-removed');
    return { position: last.position, more: log.newest() > last.position || isLeft() };
  }

  /** What was removed leaves the write-ahead log as soon as nobody reads there. */
  function isLeft(): boolean {
    if (!removed) return false;
    removed = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0;
    return removed;
  }

  const position = (): number => Number(sql.cursor.get()?.position ?? 0);

  function isSameLog(): boolean {
    const at = position();
    if (at === 0) return true;
    const [event] = log.readAll(at - 1, 1, 1);
    return event?.position === at && nameOf(event) === sql.cursor.get()?.event;
  }

  function clear(): void {
    transaction(() => {
      for (const table of ['cursor', 'interactions', 'labels', 'given', 'texts'])
        db.exec(`DELETE FROM ${table}`);
    });
    removed = true;
  }

  function transaction(work: () => void): void {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      indexing.forgetUnwritten();
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  return look;
}

/** No other event has it. */
const nameOf = ({ stream, seq, at, commandId }: StoredEvent): string =>
  `${stream} ${seq} ${at} ${commandId}`;

function prepare(db: DatabaseSync) {
  return {
    cursor: db.prepare('SELECT position, event FROM cursor'),
    move: db.prepare(`
      INSERT INTO cursor (id, position, event) VALUES (1, ?, ?)
      ON CONFLICT DO UPDATE SET position = excluded.position, event = excluded.event`),
  };
}
