import { workerData } from 'node:worker_threads';
import { stepBack } from '../step-back.ts';
import { type Log, openLog } from '../store/sqlite/open-log.ts';
import { type Server, serveJobs } from '../store/sqlite/serve-jobs.ts';
import { weather } from '../store/sqlite/weather.ts';
import { createCatchUp, type Looked } from './catch-up.ts';
import { openIndex, removeIndex } from './index-file.ts';

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
  let isDamaged = false;
  const disconnect = () => {
    open?.close();
    open = null;
  };
  function reconnect(): ReturnType<typeof connect> {
    // Only now, so that what is still found is found until the new one is there.
    if (isDamaged) removeIndex(data.index);
    isDamaged = false;
    return connect(data);
  }
  return {
    serve(jobs) {
      const answers: Looked[] = [];
      try {
        open ??= reconnect();
        for (const _ of jobs) answers.push(open.look());
        return { send: ['answers', answers, []] };
      } catch (error) {
        disconnect();
        const kind = weather(error) ?? 'bug';
        isDamaged = kind === 'damaged' || kind === 'not a database';
        return { send: ['failed', `${kind}: ${(error as Error).message}`] };
      }
    },
    close: disconnect,
  };
}

function connect({ log: file, index, country }: IndexData) {
  const db = openIndex(index, country);
  const log = openLog(file);
  return {
    look: createCatchUp(db, ofTheLog(log), country),
    close() {
      log.close();
      db.close();
    },
  };
}

/** What goes wrong with the log has no code here: nothing is wrong with the index then. */
function ofTheLog(log: Log): Log {
  const told = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw new Error(`the log can’t be read: ${(error as Error).message}`);
    }
  };
  return {
    readAll: (after, limit, bytes) => told(() => log.readAll(after, limit, bytes)),
    newest: () => told(() => log.newest()),
    close: log.close,
  };
}
