import { parentPort, workerData } from 'node:worker_threads';
import { CentreError } from './centre-error.ts';
import { readCentreFile } from './load-centre.ts';

/** Reads one centre's file while the server goes on serving, says what is in it, and ends. */
try {
  parentPort?.postMessage({ type: 'read', file: await readCentreFile(workerData as string) });
} catch (error) {
  if (!(error instanceof CentreError)) throw error;
  parentPort?.postMessage({ type: 'refused', why: error.message });
}
