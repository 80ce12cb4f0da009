import type { Bench } from '../bench.ts';
import { comesTrue, pause } from '../deadline.ts';
import type { Ledger } from '../ledger.ts';
import { openLoop } from '../open-loop.ts';
import { PAIRS_PER_AGENT, type Subject } from '../subject.ts';

const SMALL = { pairs: 200, messages: 100_000 };
const TENFOLD = 10;
const RATE = 1000;
const ROUNDS = 5;

type Centre = { readonly subject: Subject; readonly ledger: Ledger };

/**
 * What a message costs in CPU, in two centres of which one has ten times the interactions, agents
 * and stored messages. As many interactions talk in both, at the same rate: more of them would
 * share less of each packet, batch and mark, which is a matter of the load and not of the size.
 * Both servers are up; while one works the other is idle.
 */
export async function measureGrowth(bench: Bench): Promise<void> {
  const { quick } = bench.options;
  const shrink = quick ? 10 : 1;
  const small = { pairs: SMALL.pairs / (quick ? 2 : 1), messages: SMALL.messages / shrink };
  const large = { pairs: small.pairs * TENFOLD, messages: small.messages * TENFOLD };
  await withCentre(bench, small, (one) =>
    withCentre(bench, large, async (other) => {
      const talking = small.pairs;
      for (const centre of [one, other]) await cost(centre, talking, quick ? 2 : 5);
      for (let round = 0; round < (quick ? 2 : ROUNDS); round++) {
        const before = await cost(one, talking, quick ? 2 : 5);
        const after = await cost(other, talking, quick ? 2 : 5);
        bench.results.add('growth-cost-small', 'c', before);
        bench.results.add('growth-cost-large', 'c', after);
        bench.results.add('growth-cost', 'c', after / before);
        bench.say(
          `c: ${(before * 1000).toFixed(1)} ms of CPU per 1,000 messages, tenfold ${(after * 1000).toFixed(1)} ms`,
        );
      }
    }),
  );
}

async function withCentre(
  bench: Bench,
  { pairs, messages }: { readonly pairs: number; readonly messages: number },
  use: (centre: Centre) => Promise<void>,
): Promise<void> {
  const agents = Math.ceil(pairs / PAIRS_PER_AGENT);
  await bench.withDeskside({ agents, messages }, async (subject, ledger) => {
    await subject.start();
    await subject.open(pairs);
    await subject.talk();
    await use({ subject, ledger });
  });
}

const IDLE_MS = 2_000;

/** CPU seconds per 1,000 messages, without what the server needs for its connections alone. */
async function cost({ subject, ledger }: Centre, pairs: number, seconds: number): Promise<number> {
  await comesTrue(1_000, () => ledger.undelivered() === 0);
  await subject.figures();
  await pause(IDLE_MS);
  const idle = (await subject.figures()).cpuSeconds / IDLE_MS;
  const began = performance.now();
  const { server, sent, drowned } = await openLoop(subject, ledger, { rate: RATE, seconds, pairs });
  if (drowned) throw new Error(`${RATE}/s was too much`);
  const spent = server.cpuSeconds - idle * (performance.now() - began);
  return (spent / sent) * 1000;
}
