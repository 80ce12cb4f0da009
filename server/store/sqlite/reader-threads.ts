import { type JobThread, startJobThread } from './job-thread.ts';
import type { ReadAnswers, ReadJob } from './read-job.ts';
import type { ReaderData } from './reader.ts';

export type ReaderThreads = {
  /** Sees everything that was answered by the writer before. */
  readonly ask: <Kind extends ReadJob[0]>(
    job: Extract<ReadJob, readonly [Kind, ...unknown[]]>,
  ) => Promise<ReadAnswers[Kind]>;
  readonly close: () => Promise<void>;
};

const LIMITS = {
  /** Their answers are worked on in one turn of the main thread; long ones end a batch earlier. */
  batchMax: 64,
  batchWeightMax: Number.POSITIVE_INFINITY,
  waitingMax: 50_000,
  waitingWeightMax: Number.POSITIVE_INFINITY,
};

export async function startReaders(
  data: ReaderData,
  count: number,
  warn: (message: string) => void,
): Promise<ReaderThreads> {
  const start = (_: unknown, index: number): Promise<JobThread<ReadJob>> =>
    startJobThread({
      ...LIMITS,
      name: `store-reader-${index + 1}`,
      entry: new URL('./reader.ts', import.meta.url),
      data,
      warn,
    });
  const threads = await Promise.all(Array.from({ length: Math.max(1, count) }, start));
  const leastBusy = () =>
    threads.reduce((best, each) => (each.unanswered() < best.unanswered() ? each : best));
  return {
    ask: (job) => leastBusy().ask(job, 1) as Promise<never>,
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
