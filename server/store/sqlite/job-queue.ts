import { StoreUnavailable } from '../contract.ts';

export type Queued<Job> = {
  readonly job: Job;
  readonly weight: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
};

export type QueueLimits = {
  /** Jobs of one batch, and their characters: the other side does a batch in one go. */
  readonly batchMax: number;
  readonly batchWeightMax: number;
  /** Jobs that wait, and their characters; more are refused at once. */
  readonly waitingMax: number;
  readonly waitingWeightMax: number;
};

/** Jobs that wait for their thread, first come first served. */
export function createJobQueue<Job>(name: string, limits: QueueLimits) {
  let waiting: Queued<Job>[] = [];
  let waitingWeight = 0;

  function take(): Queued<Job>[] {
    let count = 0;
    let weight = 0;
    for (const queued of waiting) {
      if (count === limits.batchMax) break;
      if (count > 0 && weight + queued.weight > limits.batchWeightMax) break;
      count += 1;
      weight += queued.weight;
    }
    waitingWeight -= weight;
    return waiting.splice(0, count);
  }

  return {
    add(job: Job, weight: number): Promise<unknown> {
      if (waiting.length >= limits.waitingMax || waitingWeight + weight > limits.waitingWeightMax) {
        return Promise.reject(new StoreUnavailable(`${name} has too much waiting`));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ job, weight, resolve, reject });
        waitingWeight += weight;
      });
    },
    /** The next batch; empty when nothing waits. */
    take,
    /** The part of a batch that wasn't reached goes first again. */
    putBack(rest: readonly Queued<Job>[]): void {
      if (rest.length === 0) return;
      waiting = [...rest, ...waiting];
      for (const { weight } of rest) waitingWeight += weight;
    },
    rejectAll(reason: string): void {
      const all = waiting;
      waiting = [];
      waitingWeight = 0;
      for (const { reject } of all) reject(new StoreUnavailable(reason));
    },
    size: () => waiting.length,
  };
}
