import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** What the writer knows of a stream. Changed in place as appends are applied. */
export type StreamRow = {
  readonly id: number;
  seq: number;
  open: boolean;
  key: string | null;
};

/** About 20 MiB; more streams than these are not written to at the same time. */
const ROWS_MAX = 100_000;

/**
 * The rows of the streams that were written to lately, so that a message needs no look-up.
 * Right only while this connection is the only one that writes: `forget` after a rollback and
 * when another connection has written.
 */
export function createStreamRows(db: DatabaseSync) {
  const rows = new LRUCache<string, StreamRow>({ max: ROWS_MAX });
  const select = db.prepare(`
    SELECT id, coalesce((SELECT max(seq) FROM events WHERE stream = streams.id), 0), open, key
    FROM streams WHERE name = ?`);
  select.setReturnArrays(true);
  const insert = db.prepare('INSERT INTO streams (name, open, snapshot_seq) VALUES (?, 0, 0)');

  const remember = (name: string, row: StreamRow) => {
    rows.set(name, row);
    return row;
  };
  return {
    find(name: string): StreamRow | null {
      const known = rows.get(name);
      if (known !== undefined) return known;
      const found = select.get(name) as unknown as
        | [id: number, seq: number, open: 0 | 1, key: string | null]
        | undefined;
      if (found === undefined) return null;
      const [id, seq, open, key] = found;
      return remember(name, { id, seq, open: open === 1, key });
    },
    create(name: string): StreamRow {
      const id = Number(insert.run(name).lastInsertRowid);
      return remember(name, { id, seq: 0, open: false, key: null });
    },
    forget: () => rows.clear(),
  };
}
