import { once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { Copied, CopierData } from './log-copier.ts';

/** While there is writing the log is copied so often: its fsync slows the commits beside it. */
const COPY_MS = 1_500;
/** At 128 MiB the log begins anew; by then all but its last pages are copied. */
const LOG_PAGES_MAX = 32_000;
/** Blanked text still stands in older pages of the log; it is gone after this time. */
const BLANKED_MS = 2_000;
/** Overwritten snapshots stand there too; they are gone so long after the log last began anew. */
const WRITTEN_MS = 30_000;
/** However much is written: a log that was longer once keeps old pages behind its end. */
const WRITTEN_MS_MAX = 600_000;
/** A reader of another process (a backup) may hold the log; then it is tried again. */
const RETRY_MS = 2_000;
/** Nobody's commit waits longer than this for such a reader. */
const WAIT_MS = 50;

/**
 * Copying the log into the database takes tens of milliseconds, and no commit is to wait for that:
 * a thread of its own does it. The writer only copies what was added meanwhile, a few pages, when
 * the log begins anew or is truncated: some time after text was blanked or overwritten, so that
 * the text leaves the disk with it.
 *
 *     written ──▶ copied by the other thread ──▶ long or due? begun anew ──▶ written …
 */
export function createCheckpoints(file: string) {
  let db: DatabaseSync | null = null;
  let copier: Worker | null = null;
  /** Without the copier SQLite copies by itself (`wal_autocheckpoint`): slower, but as safe. */
  let copies = true;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let blankedUntil = Number.POSITIVE_INFINITY;
  let writtenUntil = Number.POSITIVE_INFINITY;
  let writtenUntilMax = Number.POSITIVE_INFINITY;
  const truncateAt = () => Math.min(blankedUntil, writtenUntil);

  function startCopier(): Worker {
    const worker = new Worker(new URL('./log-copier.ts', import.meta.url), {
      name: 'store-copier',
      workerData: { file } satisfies CopierData,
      execArgv: [],
    });
    // Under `--watch` Node reports over the same line what the thread imports.
    worker.on('message', (message: Partial<Copied>) => {
      if (message[0] === 'copied') settle(message[1] ?? 0);
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      copies = false;
      settle(0);
    });
    return worker;
  }

  function plan(at: number): void {
    if (at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(copy, at - performance.now());
  }

  function copy(): void {
    due = Number.POSITIVE_INFINITY;
    if (copies) {
      copier ??= startCopier();
      copier.postMessage('copy');
    } else settle(0);
  }

  function settle(log: number): void {
    const now = performance.now();
    if (now >= truncateAt()) {
      if (beginAnew('TRUNCATE')) {
        blankedUntil = Number.POSITIVE_INFINITY;
        writtenUntil = Number.POSITIVE_INFINITY;
        writtenUntilMax = Number.POSITIVE_INFINITY;
      } else plan(now + RETRY_MS);
    } else if (log > LOG_PAGES_MAX) {
      // Written over from its beginning it is quicker than grown anew, and freeing a long file
      // takes as long as a hundred commits: while so much is written, old pages go by themselves.
      if (beginAnew('RESTART')) writtenUntil = Math.min(now + WRITTEN_MS, writtenUntilMax);
      else plan(now + RETRY_MS);
    }
    // Nothing more may be written until then: it must happen all the same.
    const at = truncateAt();
    if (at > now && at !== Number.POSITIVE_INFINITY) plan(at);
  }

  /** False when it must be tried again: a reader is in the way, or the disk is full. */
  function beginAnew(mode: 'RESTART' | 'TRUNCATE'): boolean {
    if (db === null) return false;
    try {
      const before = db.prepare('PRAGMA busy_timeout').get()?.timeout;
      db.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
      try {
        return db.prepare(`PRAGMA wal_checkpoint(${mode})`).get()?.busy === 0;
      } finally {
        db.exec(`PRAGMA busy_timeout = ${before}`);
      }
    } catch {
      return false;
    }
  }

  return {
    /** The connection that begins the log anew; null while there is none. */
    use(connection: DatabaseSync | null): void {
      db = connection;
    },
    /** After each batch, once it has been answered. */
    written(blanked: boolean): void {
      const now = performance.now();
      writtenUntil = Math.min(writtenUntil, now + WRITTEN_MS);
      writtenUntilMax = Math.min(writtenUntilMax, now + WRITTEN_MS_MAX);
      if (blanked) blankedUntil = Math.min(blankedUntil, now + BLANKED_MS);
      plan(now + COPY_MS);
    },
    truncate: () => beginAnew('TRUNCATE'),
    /** Resolves when the other thread no longer holds the file. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      due = Number.NEGATIVE_INFINITY;
      if (copier === null || !copies) return;
      copier.postMessage('close');
      await once(copier, 'exit');
    },
  };
}
