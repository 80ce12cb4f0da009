import { type ReadonlySignal, signal } from '@preact/signals';

export type Ownership = {
  /** True from the start, until it turns out that another window has it. */
  readonly here: ReadonlySignal<boolean>;
  /** Takes it from the window that has it. */
  readonly steal: () => void;
  readonly close: () => void;
};

/**
 * One window at a time, by a Web Lock: it is let go when its window is closed or dies, and then
 * the next one that waits has it. `gained` runs before `here` turns true again.
 */
export function createOwnership(
  locks: Pick<LockManager, 'request'>,
  name: string,
  gained: () => Promise<void>,
): Ownership {
  const here = signal(true);
  const closing = new AbortController();
  let release = () => {};

  /** Holds the lock until it is released or stolen. */
  async function hold(lock: Lock | null): Promise<'held' | 'elsewhere'> {
    if (lock === null) return 'elsewhere';
    if (closing.signal.aborted) return 'held';
    await gained();
    here.value = true;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return 'held';
  }

  async function follow(options: LockOptions): Promise<void> {
    // Rejects when another window steals it, and when `close` stops the waiting.
    const end = await locks.request(name, options, hold).catch(() => 'elsewhere' as const);
    if (end === 'held' || closing.signal.aborted) return;
    here.value = false;
    await follow({ signal: closing.signal });
  }

  void follow({ ifAvailable: true });
  return {
    here,
    steal: () => void follow({ steal: true }),
    close() {
      closing.abort();
      release();
    },
  };
}
