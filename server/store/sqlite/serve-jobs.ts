import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from './thread-message.ts';

export type Server<Job> = {
  /** Does a batch and returns what to send; `afterwards` runs when it was sent. */
  readonly serve: (jobs: readonly Job[]) => { send: FromThread; afterwards?: () => void };
  readonly close: () => void | Promise<void>;
};

/** A thread's main loop: opens, takes one batch after the other, closes. */
export function serveJobs<Job>(open: () => Server<Job>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is the entry of a worker thread.');
  const send = (message: FromThread) => port.postMessage(message);
  let server: Server<Job>;
  try {
    server = open();
  } catch (error) {
    const { name, message } = error as Error;
    send(['refused', name, message]);
    port.close();
    return;
  }
  port.on('message', (message: ToThread<Job>) => {
    if (message === 'close') {
      void Promise.resolve(server.close()).then(() => port.close());
      return;
    }
    const served = server.serve(message);
    send(served.send);
    served.afterwards?.();
  });
  send(['ready']);
}
