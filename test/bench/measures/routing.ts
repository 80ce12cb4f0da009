import type { Bench } from '../bench.ts';
import { drain } from '../routing-drain.ts';

const LARGE = { agents: 10_000, waiting: 100_000 };
const TENFOLD = 10;

/** What one decision of the router costs, in a house and in one ten times as large, and how long it keeps anybody waiting. */
export async function measureRouting({ options, results, say }: Bench): Promise<void> {
  const shrink = options.quick ? TENFOLD : 1;
  const large = { agents: LARGE.agents / shrink, waiting: LARGE.waiting / shrink };
  /** Compiled and warm. */
  await drain(200, 4_000);
  const small = await drain(large.agents / TENFOLD, large.waiting / TENFOLD);
  const all = await drain(large.agents, large.waiting);
  results.add('routing-cost-small', 'c', small.cost * 1000);
  results.add('routing-cost-large', 'c', all.cost * 1000);
  results.add('routing-growth', 'c', all.cost / small.cost);
  results.add('routing-block-p99', 'c', all.turns.percentile(99));
  results.add('routing-turn-max', 'c', all.longestOwnMs);
  results.add('routing-block-max', 'c', all.turns.max());
  say(
    `c: ${(small.cost * 1000).toFixed(1)} ms of CPU per 1,000 decisions, tenfold ${(all.cost * 1000).toFixed(1)} ms; longest turn ${all.turns.max().toFixed(1)} ms`,
  );
}
