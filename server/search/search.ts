import type { InteractionId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { StoredEvent } from '../store/contract.ts';
import { type JobThread, startJobThread } from '../store/sqlite/job-thread.ts';
import type { Looked } from './catch-up.ts';
import type { FindData, FindJob } from './find-thread.ts';
import type { IndexData, LookJob } from './index-thread.ts';
import type { Found, FoundPage, Query } from './query.ts';

/**
 * The index of what was said and done: one more reader of the log, with a cursor of its own in a
 * file of its own, in threads of their own. What is stored is found within two seconds.
 */
export type Search = {
  /** Rejects with StoreUnavailable while nothing can be looked up. */
  readonly find: (query: Query) => Promise<FoundPage>;
  /** Those of these that the index knows, in their order. */
  readonly describe: (interactions: readonly InteractionId[]) => Promise<readonly Found[]>;
  /** Everything that was stored before the last look is found: false while it is being caught up. */
  readonly isCurrent: () => boolean;
  /** Resolves when the look that is under way, if any, is over. */
  readonly looked: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SearchDeps = {
  /** The store's file, opened before. */
  readonly log: string;
  readonly index: string;
  /** ISO 3166-1 alpha-2: national phone numbers are of there; null: only those with `+` are completed. */
  readonly country: string | null;
  readonly clock: Clock;
  /** Tells of everything that is stored from now on. */
  readonly onEvents: (hear: (events: readonly StoredEvent[]) => void) => () => void;
  readonly warn: (message: string) => void;
};

/** What comes within this time is taken in one look: half of what a reader may be behind is left for the look itself. */
const GATHER_MS = 500;
/** Between the slices of a long way: others need the machine, too. */
const NEXT_MS = 5;
const RETRY_MS = 1_000;
/** Everybody comes back at once: they go before what was left to look through. */
const AFTER_START_MS = 2_000;

const LIMITS = {
  batchMax: 1,
  batchWeightMax: Number.POSITIVE_INFINITY,
  /** At 10 ms each, the last of them waits for a second; more are told to come back. */
  waitingMax: 100,
  waitingWeightMax: Number.POSITIVE_INFINITY,
};

export async function startSearch(deps: SearchDeps): Promise<Search> {
  const { clock, onEvents } = deps;
  const [indexer, finder] = await startThreads(deps);
  let cancel = () => {};
  let planned = false;
  let isCurrent = false;
  let closed = false;
  let underWay = Promise.resolve();

  function plan(ms: number): void {
    if (planned || closed) return;
    planned = true;
    cancel = clock.at(clock.now() + ms, () => {
      underWay = look();
    });
  }

  /** A slice of the log. What is heard of meanwhile may be in it or not: it is looked for again. */
  async function look(): Promise<void> {
    planned = false;
    try {
      const { more } = (await indexer.ask(['look'], 1)) as Looked;
      isCurrent = !more;
      if (more) plan(NEXT_MS);
    } catch {
      // The thread has warned already; what isn't found yet waits in the log.
      isCurrent = false;
      plan(RETRY_MS);
    }
  }

  const stop = onEvents(() => plan(GATHER_MS));
  plan(AFTER_START_MS);

  return {
    find: (query) => finder.ask(['find', query], 1) as Promise<FoundPage>,
    describe: (interactions) =>
      finder.ask(['describe', interactions], 1) as Promise<readonly Found[]>,
    isCurrent: () => isCurrent,
    looked: () => underWay,
    async close() {
      closed = true;
      stop();
      cancel();
      await underWay;
      await finder.close();
      await indexer.close();
    },
  };
}

/** The one that writes makes the file; the other opens it when it is first asked. */
async function startThreads({ log, index, country, warn }: SearchDeps) {
  const indexer: Promise<JobThread<LookJob>> = startJobThread({
    ...LIMITS,
    name: 'search-index',
    entry: new URL('./index-thread.ts', import.meta.url),
    data: { log, index, country } satisfies IndexData,
    warn,
  });
  const finder: Promise<JobThread<FindJob>> = startJobThread({
    ...LIMITS,
    name: 'search-find',
    entry: new URL('./find-thread.ts', import.meta.url),
    data: { index, country } satisfies FindData,
    warn,
  });
  try {
    return await Promise.all([indexer, finder]);
  } catch (error) {
    for (const each of await Promise.allSettled([indexer, finder]))
      if (each.status === 'fulfilled') await each.value.close();
    throw error;
  }
}
