import { parentPort, workerData } from 'node:worker_threads';
import { type Inspected, inspect } from './inspect.ts';

/** Looks through one file, says what was found, and ends. */
parentPort?.postMessage(await inspect(workerData as Inspected, null));
