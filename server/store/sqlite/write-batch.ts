import type { DatabaseSync } from 'node:sqlite';
import { createAppender } from './apply-append.ts';
import { createSmallJobs } from './small-jobs.ts';
import { weather } from './weather.ts';
import type { WriteAnswers, WriteJob } from './write-job.ts';

export type Written = {
  /** In the order of the jobs. */
  readonly answers: readonly WriteAnswers[WriteJob[0]][];
  /** Jobs that can't be stored whatever the weather; their answers mean nothing. */
  readonly bugs: ReadonlyMap<number, string>;
};

/**
 * Returns what writes a batch: one transaction, one fsync. It returns when the batch is on the
 * disk and throws when it may not be (weather); then nothing is known of any of its jobs.
 */
export function createBatchWriter(db: DatabaseSync): (jobs: readonly WriteJob[]) => Written {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const dataVersion = db.prepare('PRAGMA data_version');
  dataVersion.setReturnArrays(true);
  const versionNow = () => (dataVersion.get() as unknown as [number])[0];
  // Read before the appender reads: what is written in between must be noticed.
  let version = versionNow();
  const appender = createAppender(db);
  const small = createSmallJobs(db);

  function attempt(jobs: readonly WriteJob[], bugs: Map<number, string>): Written | null {
    let index = 0;
    try {
      begin.run();
      // Another process (a command of the operator) may have written since the last batch.
      if (version !== versionNow()) {
        version = versionNow();
        appender.forget();
      }
      const answers: WriteAnswers[WriteJob[0]][] = [];
      for (const job of jobs) {
        if (bugs.has(index)) answers.push(null);
        else answers.push(job[0] === 'append' ? appender.apply(job) : small(job));
        index += 1;
      }
      commit.run();
      return { answers, bugs };
    } catch (error) {
      // SQLite has already rolled back after some errors, for example a full disk.
      if (db.isTransaction) db.exec('ROLLBACK');
      appender.forget();
      if (index === jobs.length || weather(error) !== null) throw error;
      bugs.set(index, error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  return (jobs) => {
    const bugs = new Map<number, string>();
    // One job that can't be stored must not take the others with it: the batch goes without it.
    for (let turn = 0; turn <= jobs.length; turn++) {
      const written = attempt(jobs, bugs);
      if (written !== null) return written;
    }
    throw new Error('A batch failed more often than it has jobs.');
  };
}
