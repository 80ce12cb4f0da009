import type { DatabaseSync } from 'node:sqlite';

/** Blanked text still stands in older pages of the log; it is gone after this time. */
const BLANKED_MS = 2_000;
/** Overwritten snapshots stand there too. */
const WRITTEN_MS = 30_000;
/** A reader of another process (a backup) may hold the log; then it is tried again. */
const RETRY_MS = 2_000;
/** Nobody's commit waits longer than this for such a reader. */
const WAIT_MS = 50;

/**
 * SQLite copies its log into the database by itself (`wal_autocheckpoint`) and then writes over
 * the log from its beginning, which is quicker than a log that grows anew each time. What stands
 * further behind stays: so the log is truncated some time after text was blanked or overwritten,
 * and the text leaves the disk with it.
 */
export function createCheckpoints(db: DatabaseSync) {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;

  function plan(delayMs: number): void {
    const time = performance.now() + delayMs;
    if (time >= due) return;
    clearTimeout(timer);
    due = time;
    timer = setTimeout(run, delayMs);
  }

  function run(): void {
    due = Number.POSITIVE_INFINITY;
    if (!truncate()) plan(RETRY_MS);
  }

  /** False when it must be tried again: a reader is in the way, or the disk is full. */
  function truncate(): boolean {
    try {
      const before = db.prepare('PRAGMA busy_timeout').get()?.timeout;
      db.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
      try {
        return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
      } finally {
        db.exec(`PRAGMA busy_timeout = ${before}`);
      }
    } catch {
      return false;
    }
  }

  return {
    /** After each batch, once it has been answered. */
    written: (blanked: boolean) => plan(blanked ? BLANKED_MS : WRITTEN_MS),
    truncate,
    stop: () => clearTimeout(timer),
  };
}
