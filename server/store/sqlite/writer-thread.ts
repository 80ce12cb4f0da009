import { type JobThread, startJobThread } from './job-thread.ts';
import type { WriteAnswers, WriteJob } from './write-job.ts';
import type { WriterData } from './writer.ts';

export type WriterThread = {
  /** Resolves when what the job wrote is on the disk. */
  readonly ask: <Kind extends WriteJob[0]>(
    job: Extract<WriteJob, readonly [Kind, ...unknown[]]>,
    weight?: number,
  ) => Promise<WriteAnswers[Kind]>;
  readonly close: () => Promise<void>;
};

const LIMITS = {
  /** Their answers are worked on in one turn of the main thread: at 20 µs each that is 5 ms. */
  batchMax: 256,
  batchWeightMax: 4 * 1024 * 1024,
  /** Three seconds of the fullest load; who waits longer has given up. */
  waitingMax: 50_000,
  waitingWeightMax: 256 * 1024 * 1024,
};

/** What a job without texts weighs. */
const SMALL = 200;

export async function startWriter(
  data: WriterData,
  warn: (message: string) => void,
  served: (jobs: number, ms: number) => void,
): Promise<WriterThread> {
  const thread: JobThread<WriteJob> = await startJobThread({
    ...LIMITS,
    name: 'store-writer',
    entry: new URL('./writer.ts', import.meta.url),
    data,
    warn,
    served,
  });
  return {
    ask: (job, weight = SMALL) => thread.ask(job, weight) as Promise<never>,
    close: thread.close,
  };
}
