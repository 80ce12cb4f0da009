import type { StoredEvent } from '../contract.ts';
import { openReading } from './connection.ts';
import { decodeEvent } from './decode-rows.ts';
import type { Page } from './read-job.ts';
import { createReads } from './read-rows.ts';

/** The log for a thread that has nothing else to do than wait for it: the contract's order, answered at once. */
export type Log = {
  /** Events with position > after, in order, with their content; at most `limit` and about `bytes`. */
  readonly readAll: (after: number, limit: number, bytes: number) => readonly StoredEvent[];
  /** The newest position, 0 in an empty store. */
  readonly newest: () => number;
  readonly close: () => void;
};

/** Read-only; the file must have been opened by `openSqlite` before. */
export function openLog(file: string): Log {
  const db = openReading(file);
  const read = createReads(db);
  return {
    readAll(after, limit, bytes) {
      const [rows] = read(['read-all', after, limit, bytes]).answer as Page<
        Parameters<typeof decodeEvent>[0]
      >;
      return rows.map(decodeEvent);
    },
    newest: () => (read(['newest']).answer as readonly [position: number] | null)?.[0] ?? 0,
    close: () => db.close(),
  };
}
