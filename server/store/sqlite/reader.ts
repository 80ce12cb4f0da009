import { workerData } from 'node:worker_threads';
import { openReading } from './connection.ts';
import type { ReadJob } from './read-job.ts';
import { createReads } from './read-rows.ts';
import { type Server, serveJobs } from './serve-jobs.ts';
import type { Bug } from './thread-message.ts';
import { weather } from './weather.ts';

/** Entry of a reader's thread. */
export type ReaderData = { readonly file: string };

/**
 * One message to the main thread carries about this much, because it is taken apart there in one
 * go; what was not reached is asked again.
 */
const REPLY_BYTES_MAX = 256 * 1024;

serveJobs(() => createReader(workerData as ReaderData));

function createReader({ file }: ReaderData): Server<ReadJob> {
  let connection: ReturnType<typeof connect> | null = null;
  return {
    serve(jobs) {
      const answers: unknown[] = [];
      const bugs: Bug[] = [];
      let bytes = 0;
      for (const [index, job] of jobs.entries()) {
        if (bytes >= REPLY_BYTES_MAX) break;
        try {
          connection ??= connect(file);
          const { answer, weight } = connection.read(job);
          answers.push(answer);
          bytes += weight;
        } catch (error) {
          const { message } = error as Error;
          const kind = weather(error);
          if (kind !== null) {
            connection = disconnect(connection);
            return { send: ['failed', `${kind}: ${message}`] };
          }
          answers.push(null);
          bugs.push([index, message]);
        }
      }
      return { send: ['answers', answers, bugs] };
    },
    close() {
      connection = disconnect(connection);
    },
  };
}

function connect(file: string) {
  const db = openReading(file);
  return { db, read: createReads(db) };
}

function disconnect(connection: ReturnType<typeof connect> | null): null {
  connection?.db.close();
  return null;
}
