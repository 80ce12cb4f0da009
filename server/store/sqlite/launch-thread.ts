import { Worker } from 'node:worker_threads';
import { DatabaseTooNew } from './database-too-new.ts';
import { type FromThread, isFromThread } from './thread-message.ts';

export type Launched = {
  readonly worker: Worker;
  /** Hears the thread's answers from now on. */
  readonly onMessage: (hear: (message: FromThread) => void) => void;
  /** Resolves with the cause once the thread has ended, however it ended. */
  readonly ended: Promise<string>;
};

/** Starts a worker thread; resolves when it says `ready`, rejects when it can't open its file. */
export function launchThread(name: string, entry: URL, data: unknown): Promise<Launched> {
  const worker = new Worker(entry, { name, workerData: data, execArgv: [] });
  let cause = 'it ended by itself';
  worker.on('error', (error) => {
    cause = error instanceof Error ? error.message : String(error);
  });
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', () => resolve(cause));
  });
  let hear: (message: FromThread) => void;
  worker.on('message', (message: unknown) => {
    if (isFromThread(message)) hear(message);
  });
  const onMessage: Launched['onMessage'] = (next) => {
    hear = next;
  };
  return new Promise((resolve, reject) => {
    hear = (message) => {
      if (message[0] === 'ready') return resolve({ worker, onMessage, ended });
      if (message[0] !== 'refused') return reject(new Error(`${name} said ${message[0]} first.`));
      const [, error, text] = message;
      reject(error === 'DatabaseTooNew' ? new DatabaseTooNew(text) : new Error(`${name}: ${text}`));
    };
    void ended.then((why) => reject(new Error(`${name} stopped while it started: ${why}`)));
  });
}
