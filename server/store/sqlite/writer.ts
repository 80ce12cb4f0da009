import type { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { createCheckpoints } from './checkpoint.ts';
import { openWriting } from './connection.ts';
import { migrate } from './migrations.ts';
import { type Server, serveJobs } from './serve-jobs.ts';
import { weather } from './weather.ts';
import { createBatchWriter } from './write-batch.ts';
import type { WriteJob } from './write-job.ts';

/** Entry of the writer's thread: the only one that writes to the database. */
export type WriterData = { readonly file: string; readonly pagesMax: number | null };

serveJobs(() => createWriter(workerData as WriterData));

function createWriter({ file, pagesMax }: WriterData): Server<WriteJob> {
  const checkpoints = createCheckpoints(file);
  let connection: ReturnType<typeof connect> | null = connect(true);

  function connect(first: boolean) {
    const db = openWriting(file, pagesMax);
    try {
      if (first) migrate(db);
      const write = createBatchWriter(db);
      checkpoints.use(db);
      return { db, write };
    } catch (error) {
      close(db);
      throw error;
    }
  }

  function disconnect(): void {
    checkpoints.use(null);
    if (connection !== null) close(connection.db);
    connection = null;
  }

  return {
    serve(jobs) {
      try {
        connection ??= connect(false);
        const { answers, bugs } = connection.write(jobs);
        return {
          send: ['answers', answers, [...bugs]],
          afterwards: () => checkpoints.written(jobs.some(blanks)),
        };
      } catch (error) {
        // After bad weather nothing that this connection remembers is believed: the next batch
        // opens a new one, and fails by itself when that isn't possible yet.
        disconnect();
        const kind = weather(error);
        return { send: ['failed', `${kind ?? 'bug'}: ${(error as Error).message}`] };
      }
    },
    async close() {
      await checkpoints.stop();
      checkpoints.truncate();
      disconnect();
    },
  };
}

function close(db: DatabaseSync): void {
  try {
    db.close();
  } catch {
    // The last close writes the log back and can meet a full disk; the log stays for the next open.
  }
}

const blanks = (job: WriteJob) =>
  job[0] === 'append' && job[6].some(([, , , , blank]) => blank.length > 0);
