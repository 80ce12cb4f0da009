import type { Centre } from './centre.ts';
import { CentreError } from './centre-error.ts';
import type { LiveCentre } from './live-centre.ts';

/** What came of it; `why` is one line that names file, line and column. */
export type Reloaded =
  | { readonly type: 'in-force' }
  | { readonly type: 'refused'; readonly why: string };

/**
 * Reads the centre's file anew. A file that can't be used leaves the set-up as it was. One at a
 * time: who asks while it runs gets the next one, since the file may have changed after it was read.
 */
export function createReload(
  load: () => Promise<Centre>,
  live: Pick<LiveCentre, 'replace'>,
): () => Promise<Reloaded> {
  let running: Promise<Reloaded> | null = null;
  let next: Promise<Reloaded> | null = null;

  async function once(): Promise<Reloaded> {
    try {
      live.replace(await load());
      return { type: 'in-force' };
    } catch (error) {
      if (!(error instanceof CentreError)) throw error;
      return { type: 'refused', why: error.message };
    }
  }

  function start(): Promise<Reloaded> {
    const mine = once().finally(() => {
      running = null;
    });
    running = mine;
    return mine;
  }

  return () => {
    if (running === null) return start();
    next ??= running.then(begin, begin);
    return next;

    function begin(): Promise<Reloaded> {
      next = null;
      return start();
    }
  };
}
