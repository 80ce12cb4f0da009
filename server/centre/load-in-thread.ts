import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Centre, createCentre } from './centre.ts';
import { CentreError } from './centre-error.ts';
import type { CentreFile } from './schema.ts';

type Said =
  | { readonly type: 'read'; readonly file: CentreFile }
  | { readonly type: 'refused'; readonly why: string };

/**
 * Like `loadCentre`, beside a server that runs: a large file takes a second to read, and nothing
 * may keep the main thread so long.
 *
 * @throws CentreError
 */
export async function loadInThread(path: string): Promise<Centre> {
  const thread = new Worker(new URL('./parse-thread.ts', import.meta.url), {
    name: 'centre',
    workerData: path,
    execArgv: [],
  });
  try {
    const said = await heard(thread, path);
    if (said.type === 'refused') throw new CentreError(said.why);
    return createCentre(said.file);
  } finally {
    await thread.terminate();
  }
}

/** A file that the reader itself stumbles over (nested a thousand deep) is a bad file as well. */
async function heard(thread: Worker, path: string): Promise<Said> {
  try {
    const [said] = (await once(thread, 'message')) as [Said];
    return said;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CentreError(`${path}: it can’t be read (${why}).`);
  }
}
