import { parentPort, workerData } from 'node:worker_threads';
import type { PacerData } from './pacer.ts';

/**
 * Wakes the main thread at exact times: a timer of Node is up to 2 ms late, which is more than
 * some of the latencies that are measured. One thread that sleeps costs next to nothing.
 */
const { waiting, startNs, gapNs } = workerData as PacerData;
const asleep = new Int32Array(new SharedArrayBuffer(4));

for (let tick = 0; Atomics.load(waiting, 1) === 0; tick++) {
  const left = Number(startNs - process.hrtime.bigint()) + tick * gapNs;
  if (left > 0) Atomics.wait(asleep, 0, 0, left / 1e6);
  // One wake-up at a time: a busy main thread finds all that is due when it comes to it.
  if (Atomics.exchange(waiting, 0, 1) === 0) parentPort?.postMessage(null);
}
parentPort?.close();
