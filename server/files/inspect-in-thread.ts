import { Worker } from 'node:worker_threads';
import type { FoundFile } from '../store/contract.ts';
import type { Inspected } from './inspect.ts';

/** A workbook of 35 MB takes a few seconds; what takes longer was made to. */
const LOOK_MS = 20_000;
/** A tenth of it is enough for what people send; with it gone the thread ends, and the server doesn't. */
const HEAP_MB = 256;
/** What is unpacked lies in buffers, which that limit doesn't know: a file of 35 MB is read twice, and some of it grows. */
const BUFFERS_MB = 256;
/** In between a buffer may have doubled once. */
const WATCH_MS = 50;
/** Beside each other: one large file doesn't keep all others waiting. The rest wait their turn. */
const AT_ONCE = 2;

/** Rejects where no thread can be had: ask again later. */
export type Inspector = (file: Inspected) => Promise<FoundFile>;

/**
 * Looks through files, each in a thread of its own, so that nothing of a hostile one is left when
 * the next comes. One that ends its thread, or doesn't come to an end, can't be looked through.
 */
export function createInspector(lookMs = LOOK_MS): Inspector {
  const lines = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  let next = 0;
  return (file) => {
    const line = next++ % AT_ONCE;
    const found = (lines[line] ?? Promise.resolve()).then(() => inThread(file, lookMs));
    // Whatever became of one, the next in its line is looked at.
    lines[line] = found.then(ignore, ignore);
    return found;
  };
}

const ignore = () => {};
const unreadable: FoundFile = { state: 'refused', refusal: 'file-unreadable' };

function inThread(file: Inspected, lookMs: number): Promise<FoundFile> {
  const thread = new Worker(new URL('./inspect-thread.ts', import.meta.url), {
    name: 'file',
    workerData: file,
    execArgv: [],
    // What its libraries print may quote the file.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  return new Promise<FoundFile>((resolve) => {
    const timer = setTimeout(() => resolve(unreadable), lookMs);
    const watch = setInterval(async () => {
      // One that has ended is not asked any more.
      const heap = await thread.getHeapStatistics().catch(() => null);
      if ((heap?.external_memory ?? 0) > BUFFERS_MB * 1024 * 1024) resolve(unreadable);
    }, WATCH_MS);
    thread.once('message', resolve);
    thread.once('error', () => resolve(unreadable));
    thread.once('exit', () => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve(unreadable);
    });
  }).finally(() => thread.terminate());
}
