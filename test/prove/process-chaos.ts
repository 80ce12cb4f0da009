import { rm } from 'node:fs/promises';
import { QUEUE } from '../bench/bench-centre.ts';
import { prepareData } from '../bench/deskside-data.ts';
import { makeFolder } from '../bench/folder.ts';
import { realServer } from '../e2e/real-server.ts';
import { type ChaosAgent, chaosAgent } from './chaos-agent.ts';
import { type ChaosCustomer, chaosCustomer } from './chaos-customer.ts';
import { createLedger } from './chaos-ledger.ts';
import { compare, storedTranscripts } from './chaos-transcripts.ts';
import type { Verdict } from './verdict.ts';

const AGENTS = 8;
const CUSTOMERS = 56;
/** Between two kills there is so much traffic. */
const LIFE_MS = 6_000;
const TICK_MS = 50;
const QUIET_MS = 60_000;
const BACK_MS = 5_000;

/**
 * TRUST-1, TRUST-2: the real server on real sockets is killed again and again under load, with the
 * shipped links of desk and widget on the other side; afterwards what customers hold, what desks
 * hold and what is stored must be the same, message by message.
 */
export async function processChaos({ kills }: { readonly kills: number }): Promise<Verdict[]> {
  const folder = makeFolder();
  const data = await prepareData(folder, { agents: AGENTS, messages: 0 });
  const server = await realServer({
    DATA_DIR: data.dataDir,
    CENTRE: data.centreFile,
    LOG_LEVEL: 'error',
  });
  const ledger = createLedger();
  const agents = await Promise.all(
    Array.from({ length: AGENTS }, (_, n) =>
      chaosAgent(server.url, n, () => data.tokenOf(n), ledger),
    ),
  );
  const customers = Array.from({ length: CUSTOMERS }, (_, n) =>
    chaosCustomer(server.url, n, ledger),
  );
  let slowest = 0;
  try {
    for (const customer of customers) customer.start(QUEUE);
    await traffic(agents, customers, LIFE_MS);
    for (let n = 0; n < kills; n++) {
      await server.kill();
      await traffic(agents, customers, Math.random() * 1_500);
      await server.start();
      const since = Date.now();
      while (!agents.every((agent) => agent.isLive()) && Date.now() - since < 4 * BACK_MS)
        await traffic(agents, customers, TICK_MS);
      slowest = Math.max(slowest, Date.now() - since);
      await traffic(agents, customers, LIFE_MS);
    }
    const open = agents.map((agent) => agent.open());
    const until = Date.now() + QUIET_MS;
    const isQuiet = () =>
      agents.every((one) => one.isIdle()) && customers.every((one) => one.isIdle());
    while (!isQuiet() && Date.now() < until) await pause(TICK_MS);
    const quiet = isQuiet();
    await pause(2_000);
    await server.stop();
    const stored = await storedTranscripts(data.dataDir);
    const found = compare(stored, agents, customers, ledger);
    const interactions = open.reduce((sum, one) => sum + one, 0);
    const resent = ledger.resent() / ledger.sent();
    return [
      {
        claim: 'TRUST-1: 0 lost, 0 doubled, 0 reordered; customers, desks and store hold the same',
        n: `${kills} × kill -9, ${ledger.acknowledged().toLocaleString('en')} acknowledged, ${interactions} interactions`,
        seed: '-',
        holds:
          found.length === 0 &&
          quiet &&
          ledger.acknowledged() >= kills * 2_000 &&
          interactions >= 50,
        seen:
          found.length === 0
            ? quiet
              ? 'the same everywhere'
              : 'something still waits'
            : found.slice(0, 3).join('; '),
      },
      {
        claim: 'TRUST-2: commands sent again have one effect',
        n: `${ledger.sent().toLocaleString('en')} commands`,
        seed: '-',
        holds: resent >= 0.2,
        seen: `${Math.round(resent * 100)} % sent again`,
      },
      {
        claim: 'OFFER-4: no RONA without a displayed offer',
        n: `${stored.offers} offers`,
        seed: '-',
        holds: stored.unseenRona === 0,
        seen: `${stored.rona} RONA, ${stored.unseenRona} of them unseen`,
      },
      {
        claim: 'every agent is back at work ≤ 5 s after a restart',
        n: `${kills} restarts`,
        seed: '-',
        holds: slowest <= BACK_MS,
        seen: `slowest ${slowest} ms`,
      },
    ];
  } finally {
    for (const one of [...agents, ...customers]) one.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everybody works for so long. */
async function traffic(
  agents: readonly ChaosAgent[],
  customers: readonly ChaosCustomer[],
  ms: number,
): Promise<void> {
  const until = Date.now() + ms;
  do {
    for (const agent of agents) agent.work();
    for (const customer of customers) customer.work();
    await pause(TICK_MS);
  } while (Date.now() < until);
}
