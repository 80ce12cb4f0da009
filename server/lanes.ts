/**
 * One lane per stream: a job waits until every earlier job on any of its streams is over. A job
 * takes its place in all its lanes in one step, so two jobs can never wait for each other.
 */
export type Lanes = {
  /** Runs the job when its turn has come; lanes of others run side by side. */
  readonly run: <T>(names: readonly string[], job: () => Promise<T>) => Promise<T>;
  /** Jobs under way or waiting. */
  readonly size: () => number;
};

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  let size = 0;

  async function run<T>(names: readonly string[], job: () => Promise<T>): Promise<T> {
    const before: Promise<unknown>[] = [];
    for (const name of names) {
      const tail = tails.get(name);
      if (tail !== undefined) before.push(tail);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const name of names) tails.set(name, promise);
    size++;
    try {
      if (before.length === 1) await before[0];
      else if (before.length > 1) await Promise.all(before);
      return await job();
    } finally {
      size--;
      for (const name of names) if (tails.get(name) === promise) tails.delete(name);
      resolve();
    }
  }
  return { run, size: () => size };
}
