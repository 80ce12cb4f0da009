import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type PacerData = {
  /** [0]: a wake-up is on its way; [1]: it is over. */
  readonly waiting: Int32Array;
  readonly startNs: bigint;
  readonly gapNs: number;
};

/** Time for the thread to start before the first tick. */
const LEAD_MS = 150;

/**
 * Calls `due(index, at)` for ticks 0, 1, 2 … at `at` = start + index × gapMs (performance.now()),
 * none left out: late ones follow each other at once. Ends when `due` says false.
 */
export async function pace(
  gapMs: number,
  due: (index: number, at: number) => boolean,
): Promise<void> {
  const startNs = process.hrtime.bigint() + BigInt(LEAD_MS * 1e6);
  const start = performance.now() + LEAD_MS;
  const waiting = new Int32Array(new SharedArrayBuffer(8));
  const workerData: PacerData = { waiting, startNs, gapNs: gapMs * 1e6 };
  const thread = new Worker(new URL('./pacer-thread.ts', import.meta.url), { workerData });
  const ended = once(thread, 'exit');
  let index = 0;
  let over = false;
  thread.on('message', () => {
    Atomics.store(waiting, 0, 0);
    const now = performance.now();
    while (!over) {
      const at = start + index * gapMs;
      // The two clocks are read one after the other: a tick may seem early by microseconds.
      if (at > now + 0.05) return;
      over = !due(index, at);
      index += 1;
    }
    Atomics.store(waiting, 1, 1);
  });
  await ended;
}
