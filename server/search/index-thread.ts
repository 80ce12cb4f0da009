import { workerData } from 'node:worker_threads';
import { stepBack } from '../step-back.ts';
import { openLog } from '../store/sqlite/open-log.ts';
import { type Server, serveJobs } from '../store/sqlite/serve-jobs.ts';
import { weather } from '../store/sqlite/weather.ts';
import { createCatchUp, type Looked } from './catch-up.ts';
import { openIndex } from './index-file.ts';

/** Entry of the thread that writes the index. */
export type IndexData = {
  readonly log: string;
  readonly index: string;
  readonly country: string | null;
};
export type LookJob = readonly [kind: 'look'];

stepBack();
serveJobs(() => createIndexer(workerData as IndexData));

function createIndexer(data: IndexData): Server<LookJob> {
  let open: ReturnType<typeof connect> | null = connect(data);
  const disconnect = () => {
    open?.close();
    open = null;
  };
  return {
    serve(jobs) {
      const answers: Looked[] = [];
      try {
        open ??= connect(data);
        for (const _ of jobs) answers.push(open.look());
        return { send: ['answers', answers, []] };
      } catch (error) {
        disconnect();
        return { send: ['failed', `${weather(error) ?? 'bug'}: ${(error as Error).message}`] };
      }
    },
    close: disconnect,
  };
}

function connect({ log: file, index, country }: IndexData) {
  const db = openIndex(index, country);
  const log = openLog(file);
  return {
    look: createCatchUp(db, log, country),
    close() {
      log.close();
      db.close();
    },
  };
}
