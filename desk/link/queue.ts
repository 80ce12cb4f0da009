/** Frames that wait for the disk. The server sends one batch at a time; more than this is a disk that hangs. */
const WAITING_MAX = 2_000;

export type Queue = {
  /** Runs `task` after all before it. False: too many wait, it will not run. */
  readonly add: (task: () => Promise<void>) => boolean;
  readonly isEmpty: () => boolean;
};

/** One task at a time, in order. The first that rejects is reported, and no other runs after it. */
export function createQueue(onFailure: (error: unknown) => void): Queue {
  let waiting = 0;
  let failed = false;
  let tail: Promise<void> = Promise.resolve();
  return {
    isEmpty: () => waiting === 0,
    add(task) {
      if (waiting >= WAITING_MAX || failed) return false;
      waiting++;
      tail = tail.then(async () => {
        try {
          if (!failed) await task();
        } catch (error) {
          failed = true;
          onFailure(error);
        } finally {
          waiting--;
        }
      });
      return true;
    },
  };
}
