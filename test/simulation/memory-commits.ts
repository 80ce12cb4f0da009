import { StoreUnavailable } from '../../server/store/contract.ts';

/**
 * What becomes of a commit:
 * - `stored`: stored and answered;
 * - `failed`: not stored, everything in it rejects with StoreUnavailable;
 * - `stored-but-failed`: stored, and rejects all the same (the answer of the disk was lost);
 * - `stored-but-unheard`: stored, and nobody hears of it: the power went in between.
 * A commit that is never run was lost with its process.
 */
export type CommitFate = 'stored' | 'failed' | 'stored-but-failed' | 'stored-but-unheard';

export type StoreHooks = {
  /** The simulation runs the commit when it likes, or never. Left out: at once. */
  readonly commit?: (run: (fate?: CommitFate) => void) => void;
  /** The same for a look at the disk. */
  readonly read?: (run: () => void) => void;
};

type Write = {
  readonly apply: () => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** Group commit as the real makers do it: what arrives while a commit is under way shares the next. */
export function createCommits(hooks: StoreHooks, alive: () => boolean) {
  let waiting: Write[] = [];
  let underWay = false;
  const idle: (() => void)[] = [];
  let closed = false;

  function start(): void {
    if (underWay) return;
    if (waiting.length === 0) {
      for (const resolve of idle.splice(0)) resolve();
      return;
    }
    underWay = true;
    const batch = waiting;
    waiting = [];
    let ran = false;
    const run = (fate: CommitFate = 'stored') => {
      if (ran || !alive()) return;
      ran = true;
      settle(batch, fate);
      underWay = false;
      start();
    };
    if (hooks.commit === undefined) queueMicrotask(run);
    else hooks.commit(run);
  }

  return {
    write<T>(apply: () => T): Promise<T> {
      if (closed) return Promise.reject(new StoreUnavailable('the store is closed'));
      return new Promise<T>((resolve, reject) => {
        waiting.push({ apply, resolve: resolve as Write['resolve'], reject });
        start();
      });
    },
    closed: () => closed,
    close(): Promise<void> {
      closed = true;
      return new Promise((resolve) => {
        idle.push(resolve);
        start();
      });
    },
  };
}

function settle(batch: readonly Write[], fate: CommitFate): void {
  for (const { apply, resolve, reject } of batch) {
    try {
      const answer = fate === 'failed' ? null : apply();
      if (fate === 'stored') resolve(answer);
      else if (fate !== 'stored-but-unheard') reject(new StoreUnavailable('the disk failed'));
    } catch (error) {
      reject(error);
    }
  }
}
