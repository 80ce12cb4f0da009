import type { FileId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { FileStore } from '../store/contract.ts';
import type { Depot } from './contract.ts';

export type TendingDeps = {
  readonly rows: FileStore;
  readonly depot: Depot;
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly finish: (id: FileId) => Promise<unknown>;
  readonly giveUp: (id: FileId) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
  readonly openMs: number;
};

/** What arrived and couldn't be looked at (the server ended, the scanner was away) waits so long. */
const EVERY_MS = 60_000;
/** Every file is touched: at the start, and a few times a day. */
const WALK_EVERY_MS = 6 * 3_600_000;
const AT_ONCE = 200;

/** The one loop that mends what ended halfway, and clears away what nobody needs. */
export function createTending({ rows, depot, clock, ...deps }: TendingDeps) {
  let cancel = () => {};
  let nextWalk = 0;
  let isClosed = false;

  /** One round after the other: what one has half cleared away the next one would take for done. */
  let rounds = Promise.resolve();
  const tend = (): Promise<void> => {
    rounds = rounds.then(round);
    return rounds;
  };

  async function round(): Promise<void> {
    cancel();
    const failures: unknown[] = [];
    // What can't be looked at keeps nothing else from being cleared away.
    for (const step of [lookAtArrived, clearOrphans, clearUnknown])
      await step(failures).catch((error: unknown) => void failures.push(error));
    if (failures.length > 0 && !isClosed) deps.failed(failures[0]);
    if (!isClosed) cancel = clock.at(clock.now() + EVERY_MS, () => void tend());
  }

  async function lookAtArrived(failures: unknown[]): Promise<void> {
    let after = '';
    for (;;) {
      const page = await rows.coming(after, AT_ONCE);
      for (const { id, bytes } of page)
        if (!isClosed && (await depot.size(id)) === bytes)
          await deps.finish(id).catch((error: unknown) => void failures.push(error));
      if (page.length < AT_ONCE || isClosed) return;
      after = page.at(-1)?.id ?? '';
    }
  }

  async function clearOrphans(): Promise<void> {
    for (;;) {
      const orphans = await rows.orphans(clock.now() - deps.openMs, AT_ONCE);
      for (const { id } of orphans) await deps.giveUp(id);
      if (orphans.length < AT_ONCE || isClosed) return;
    }
  }

  /** A row comes before its bytes and goes before them: bytes without one are left of a server that ended. */
  async function clearUnknown(): Promise<void> {
    if (clock.now() < nextWalk) return;
    nextWalk = clock.now() + WALK_EVERY_MS;
    let page: FileId[] = [];
    for await (const id of depot.list()) {
      page.push(id);
      if (page.length < AT_ONCE) continue;
      await removeUnknown(page);
      page = [];
      if (isClosed) return;
    }
    await removeUnknown(page);
  }

  async function removeUnknown(ids: readonly FileId[]): Promise<void> {
    const known = new Set((await rows.byIds(ids)).map(({ id }) => id));
    for (const id of ids) if (!known.has(id)) await depot.remove(id);
  }

  return {
    tend,
    close(): void {
      isClosed = true;
      cancel();
    },
  };
}
