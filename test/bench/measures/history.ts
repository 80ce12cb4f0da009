import { join } from 'node:path';
import type { InteractionId } from '../../../protocol/ids.ts';
import { systemClock } from '../../../server/clock.ts';
import { readHistory } from '../../../server/search/history.ts';
import type { Query } from '../../../server/search/query.ts';
import { rebuildIndex } from '../../../server/search/rebuild.ts';
import { startSearch } from '../../../server/search/search.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import type { Bench } from '../bench.ts';
import { agentId, QUEUE } from '../bench-centre.ts';
import { comesTrue } from '../deadline.ts';
import { fillStore, phoneOf } from '../fill-store.ts';
import { makeFolder } from '../folder.ts';
import { createSamples } from '../samples.ts';

const MILLION = 1_000_000;
const SEARCHES_EACH = 40;
const CURRENT_MS = 60_000;

const anything: Query = {
  ...{ text: null, phone: null, email: null, customer: null, queue: null, agent: null },
  ...{ disposition: null, tag: null, channel: null, from: null, to: null, heldBy: null },
  ...{ after: null, limit: 25 },
};

/**
 * What one search costs from the question to the answer, one after the other: by keys, by words
 * that stand in every message, by a word's beginning, by what nobody wrote, with filters, and far
 * back. The history is the list of a customer's interactions and the newest of them, whole.
 */
export async function measureHistory({ options, results, say }: Bench): Promise<void> {
  const messages = options.quick ? MILLION / 10 : MILLION;
  const folder = makeFolder();
  const files = { log: join(folder, 'deskside.db'), index: join(folder, 'search.db') };
  const store = await openSqlite({ file: files.log });
  await fillStore(store, messages);
  const began = performance.now();
  rebuildIndex({ ...files, country: 'DE' });
  results.add('history-rebuild', 'c', (performance.now() - began) / 1000);
  const search = await startSearch({
    ...{ ...files, country: 'DE', clock: systemClock(0) },
    ...{ onEvents: () => () => {}, warn: say },
  });
  try {
    if (!(await comesTrue(CURRENT_MS, search.isCurrent))) throw new Error('the index lags behind');
    const talks = messages / 100;
    const far = (await search.find({ ...anything, customer: 'past-customer-1' })).rows.length;
    if (far !== 1) throw new Error('a customer of the past is not found');
    const searches = createSamples();
    for (let n = 0; n < SEARCHES_EACH; n++) {
      const index = (n * 7919) % talks;
      for (const query of queries(index)) {
        const from = performance.now();
        await search.find({ ...anything, ...query });
        searches.add(performance.now() - from);
      }
    }
    results.add('search-p50', 'c', searches.percentile(50));
    results.add('search-p99', 'c', searches.percentile(99));
    const histories = createSamples();
    for (let n = 0; n < 10 * SEARCHES_EACH; n++) {
      const index = (n * 7919) % talks;
      const from = performance.now();
      await search.find({ ...anything, customer: `past-customer-${index}` });
      await readHistory(store, `past-${index}` as InteractionId, agentId(0), 0);
      histories.add(performance.now() - from);
    }
    results.add('history-p99', 'c', histories.percentile(99));
  } finally {
    await search.close();
    await store.close();
  }
}

const queries = (index: number): readonly Partial<Query>[] => [
  {},
  { phone: phoneOf(index) },
  { email: `customer-${index}@example.com` },
  { customer: `past-customer-${index}` },
  { customer: `past-customer-${index}`, text: 'parcel' },
  { text: `m${index % 100}` },
  { text: 'the parcel was to come' },
  { text: 'parc' },
  { text: 'th' },
  { text: 'round-the-corner' },
  { text: 'zebra' },
  { text: 'parcel zebra' },
  { text: `Customer ${index}` },
  { text: 'parcel', queue: QUEUE, agent: agentId(index % 10) },
  { text: 'parcel', tag: 'nobody-has-it' },
  { agent: agentId(index % 10), disposition: 'nobody-chose-it' },
  { text: 'parcel', to: Date.UTC(2026, 0, 1) + index * 1000 },
];
