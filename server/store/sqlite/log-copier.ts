import { parentPort, workerData } from 'node:worker_threads';
import { openCopying } from './connection.ts';
import { weather } from './weather.ts';

/** Entry of the thread that copies the log into the database while the writer goes on writing. */
export type CopierData = { readonly file: string };
/** How many pages the log has. */
export type Copied = readonly [type: 'copied', log: number];

const { file } = workerData as CopierData;
let db: ReturnType<typeof openCopying> | null = null;

parentPort?.on('message', (message: 'copy' | 'close') => {
  if (message === 'copy') parentPort?.postMessage(['copied', copy()] satisfies Copied);
  else {
    db?.close();
    parentPort?.close();
  }
});

function copy(): number {
  try {
    db ??= openCopying(file);
    // Passive: what the writer adds meanwhile, or a reader still needs, waits for the next time.
    return Number(db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()?.log);
  } catch (error) {
    // A full or failing disk: the writer meets it too, and says so.
    if (weather(error) === null) throw error;
    return 0;
  }
}
