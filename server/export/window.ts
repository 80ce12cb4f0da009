import type { Store } from '../store/contract.ts';

/** Server times in milliseconds: `from` included, `to` not. */
export type Window = { readonly from: number; readonly to: number };

/**
 * The position before the first event at or after `time`. Positions and times rise together, so
 * halving finds it in some 30 looks, however long the log is. @throws StoreUnavailable
 */
export async function positionBefore(
  store: Pick<Store, 'readAll' | 'newest'>,
  time: number,
): Promise<number> {
  let before = 0;
  let after = (await store.newest()).position;
  while (before < after) {
    const middle = Math.floor((before + after) / 2);
    const [event] = await store.readAll(middle, 1);
    if (event !== undefined && event.at < time) before = event.position;
    else after = middle;
  }
  return before;
}
