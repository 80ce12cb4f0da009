/** Rejects with the name of what didn't happen in time: nothing in a benchmark may wait for ever. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, ms));

/** Looks every few milliseconds; false when it didn't come true in time. */
export async function comesTrue(ms: number, is: () => boolean): Promise<boolean> {
  const end = performance.now() + ms;
  while (!is()) {
    if (performance.now() > end) return false;
    await pause(2);
  }
  return true;
}

/** Runs `job` for 0 … count − 1, at most `atOnce` at a time. */
export async function each(
  count: number,
  atOnce: number,
  job: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await job(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}
