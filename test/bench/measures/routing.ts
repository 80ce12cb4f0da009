import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../bench.ts';
import { within } from '../deadline.ts';
import type { RoutingFigures } from '../routing-process.ts';
import { startFlags } from '../start-flags.ts';

const LARGE = { agents: 10_000, waiting: 100_000 };
const TENFOLD = 10;
/** Ten times what it takes on a machine that others use too. */
const DRAIN_MS_MAX = 300_000;

/** What one decision of the router costs, in a house and in one ten times as large, and how long it keeps anybody waiting. */
export async function measureRouting({ options, results, say }: Bench): Promise<void> {
  const shrink = options.quick ? TENFOLD : 1;
  const large = { agents: LARGE.agents / shrink, waiting: LARGE.waiting / shrink };
  const sizes = [
    `${large.agents / TENFOLD},${large.waiting / TENFOLD}`,
    `${large.agents},${large.waiting}`,
  ];
  const [small, all] = await drained(sizes);
  if (small === undefined || all === undefined) throw new Error('two houses are drained');
  results.add('routing-cost-small', 'c', small.cost * 1000);
  results.add('routing-cost-large', 'c', all.cost * 1000);
  results.add('routing-growth', 'c', all.cost / small.cost);
  results.add('routing-block-p99', 'c', all.turnP99);
  results.add('routing-turn-max', 'c', all.turnMaxOwn);
  results.add('routing-block-max', 'c', all.turnMax);
  say(
    `c: ${(small.cost * 1000).toFixed(1)} ms of CPU per 1,000 decisions, tenfold ${(all.cost * 1000).toFixed(1)} ms; longest turn ${all.turnMax.toFixed(1)} ms`,
  );
}

async function drained(sizes: readonly string[]): Promise<readonly RoutingFigures[]> {
  const child = fork(new URL('../routing-process.ts', import.meta.url), [...sizes], {
    execArgv: startFlags(),
  });
  const told = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the router's process ended with ${code}`);
  });
  try {
    const [figures] = await within(DRAIN_MS_MAX, 'both houses drain', Promise.race([told, ended]));
    return figures as readonly RoutingFigures[];
  } finally {
    ended.catch(() => {});
    child.kill('SIGKILL');
  }
}
