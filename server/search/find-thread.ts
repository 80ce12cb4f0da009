import { statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { type Server, serveJobs } from '../store/sqlite/serve-jobs.ts';
import type { Bug } from '../store/sqlite/thread-message.ts';
import { weather } from '../store/sqlite/weather.ts';
import { createFind } from './find.ts';
import { openIndexReading } from './index-file.ts';
import type { Query } from './query.ts';

/** Entry of the thread that answers searches. */
export type FindData = { readonly index: string; readonly country: string | null };
export type FindJob =
  | readonly [kind: 'find', query: Query]
  | readonly [kind: 'describe', interactions: readonly string[]];

serveJobs(() => createFinder(workerData as FindData));

function createFinder({ index, country }: FindData): Server<FindJob> {
  let open: ReturnType<typeof connect> | null = null;
  function connect() {
    const file = fileNow();
    const db = openIndexReading(index);
    return { db, file, ...createFind(db, country) };
  }
  const disconnect = () => {
    open?.db.close();
    open = null;
  };
  /** An index that was made anew is another file; the old one is still there for who has it open. */
  const fileNow = () => statSync(index, { throwIfNoEntry: false })?.ino;
  return {
    serve(jobs) {
      const answers: unknown[] = [];
      const bugs: Bug[] = [];
      if (open?.file !== fileNow()) disconnect();
      for (const [at, job] of jobs.entries()) {
        try {
          open ??= connect();
          answers.push(job[0] === 'find' ? open.find(job[1]) : open.describe(job[1]));
        } catch (error) {
          const { message } = error as Error;
          const kind = weather(error);
          if (kind !== null) {
            disconnect();
            return { send: ['failed', `${kind}: ${message}`] };
          }
          answers.push(null);
          bugs.push([at, message]);
        }
      }
      return { send: ['answers', answers, bugs] };
    },
    close: disconnect,
  };
}
