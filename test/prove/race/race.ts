import { rm, writeFile } from 'node:fs/promises';
import { prepareData } from '../../bench/deskside-data.ts';
import { makeFolder } from '../../bench/folder.ts';
import { realServer } from '../../e2e/real-server.ts';
import { seeded } from '../../simulation/random.ts';
import { broken } from '../faults.ts';
import { pause, within } from '../pause.ts';
import type { Verdict } from '../verdict.ts';
import { type RaceAgent, raceAgent } from './agent.ts';
import { raceCustomer } from './customer.ts';
import { judge, type Told } from './judge.ts';
import { raceCentre } from './race-centre.ts';
import { storedRace } from './stored.ts';

const AGENTS = 50;
const CUSTOMERS = 260;
const TICK_MS = 25;
const DRAIN_MS = 30_000;
const SEED = 20_261_121;
/** The fault that the run with it must show, by its name in `test/simulation/mutations.ts`. */
const FAULTS = [
  ['skip the capacity check', 'overCapacity'],
  ['an offer is picked from under its agent', 'doubleOffers'],
  ['the owner keeps what was transferred', 'doubleOwners'],
] as const;

/**
 * OFFER-8, OFFER-9, CAP-1: agents with two windows each race for offers on real sockets against the
 * server that ships. It is judged by what the sockets were told and by what is stored, not by what
 * the server believes; a server with a fault in it must be found out by the same judge.
 */
export async function race({
  offers,
  limitMs,
}: {
  readonly offers: number;
  readonly limitMs: number;
}): Promise<Verdict[]> {
  const whole = await run({ offers, limitMs, fault: null });
  const verdicts = verdictsOf(whole, offers);
  for (const [fault, shows] of FAULTS) {
    const { seen, stored } = await run({ offers: 600, limitMs: 60_000, fault });
    verdicts.push({
      claim: `caught on real sockets: ${fault}`,
      n: `${stored.judged.offers} offers`,
      seed: String(SEED),
      holds: stored.judged[shows] > 0 && seen[shows] > 0,
      seen: stored.judged.first[0] ?? 'not caught',
    });
  }
  return verdicts;
}

type Run = Awaited<ReturnType<typeof run>>;
type Options = { readonly offers: number; readonly limitMs: number; readonly fault: string | null };

async function run({ offers, limitMs, fault }: Options) {
  const folder = makeFolder();
  const data = await prepareData(folder, { agents: AGENTS, messages: 0 });
  await writeFile(data.centreFile, JSON.stringify(raceCentre(AGENTS)));
  const server = await realServer({
    ...{ DATA_DIR: data.dataDir, CENTRE: data.centreFile, LOG_LEVEL: 'warn' },
    ...(fault === null ? {} : broken({ name: fault })),
  });
  const random = seeded(SEED);
  const agents: RaceAgent[] = [];
  const ringing = () => {
    const some = random.pick(agents)?.mind.offers;
    for (const [offer, interaction] of some ?? []) return { offer, interaction };
    return undefined;
  };
  for (let n = 0; n < AGENTS; n++)
    agents.push(
      raceAgent({ url: server.url, random, agents: AGENTS, token: data.tokenOf, ringing }, n),
    );
  const customers = Array.from({ length: CUSTOMERS }, () => raceCustomer(server.url, random));
  try {
    // Both windows know the agent before the work begins; from then on nobody needs a snapshot.
    for (const n of [0, 1] as const) {
      for (const { windows } of agents) windows[n].open(true);
      await within(20_000, () => agents.every((one) => one.isLive(n)));
    }
    for (const agent of agents) agent.begin();
    const made = () => agents.reduce((sum, { mind }) => sum + offersIn(mind.seen.values()), 0);
    const since = performance.now();
    const tick = (draining: boolean) => {
      for (const agent of agents) agent.tick();
      for (const customer of customers) customer.tick(draining);
    };
    for (let n = 1; performance.now() - since < limitMs; n++) {
      tick(false);
      await pause(TICK_MS);
      if (n % 40 === 0 && made() >= offers) break;
    }
    const tookMs = performance.now() - since;
    for (const agent of agents) agent.drain();
    const isDrained = () =>
      agents.every(({ mind, outbox }) => mind.isIdle() && outbox.size() === 0) &&
      customers.every((one) => one.isServed());
    const drained = await within(fault === null ? DRAIN_MS : 5_000, isDrained, async (ms) => {
      tick(true);
      await pause(ms);
    });
    await server.stop();
    const kept = await storedRace(data.dataDir);
    const told: Told[] = agents
      .flatMap(({ mind }, n) =>
        [...mind.seen.values()].map((one) => ({
          agent: `agent-${n}`,
          step: String(one.at),
          event: one.event,
          seq: one.seq,
        })),
      )
      .sort((a, b) => Number(a.step) - Number(b.step) || (a.agent === b.agent ? a.seq - b.seq : 0));
    return {
      tookMs,
      drained,
      agents,
      customers,
      seen: judge(told),
      stored: { ...kept, judged: judge(kept.told) },
      differ: differences(agents, kept.streams),
      output: server.output(),
    };
  } finally {
    for (const one of [...agents, ...customers]) one.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

const offersIn = (events: Iterable<{ readonly event: { readonly type: string } }>): number => {
  let n = 0;
  for (const { event } of events) if (event.type === 'offer-made') n++;
  return n;
};

/** What a socket was told and isn't stored so, and what is stored and no socket was told. */
function differences(
  agents: readonly RaceAgent[],
  streams: ReadonlyMap<string, readonly object[]>,
): number {
  let n = 0;
  agents.forEach(({ mind }, index) => {
    const stored = streams.get(`agent-${index}`) ?? [];
    for (let seq = mind.before() + 1; seq <= stored.length; seq++)
      if (JSON.stringify(mind.seen.get(seq)?.event) !== JSON.stringify(stored[seq - 1])) n++;
    for (const seq of mind.seen.keys()) if (seq > stored.length) n++;
  });
  return n;
}

function verdictsOf(
  { tookMs, drained, agents, customers, seen, stored, differ, output }: Run,
  offers: number,
): Verdict[] {
  const sum = (of: (agent: RaceAgent) => number) => agents.reduce((all, one) => all + of(one), 0);
  const outcome = (name: string) => stored.outcomes.get(name) ?? 0;
  const { judged } = stored;
  const n = `${judged.offers.toLocaleString('en')} offers in ${Math.round(tookMs / 1000)} s, ${AGENTS} agents × 2 windows`;
  const seed = String(SEED);
  const happened: Record<string, number> = {
    accepted: outcome('offer-ended: accepted'),
    rejected: outcome('offer-ended: rejected'),
    'timed out': outcome('offer-ended: expired'),
    'not shown': outcome('offer-ended: not-shown'),
    abandoned: outcome('offer-ended: abandoned'),
    'transfers and conferences asked for': outcome('requested'),
    'handed over': outcome('owner-changed'),
    'to a queue': outcome('transferred'),
    joined: outcome('joined'),
    'desks taken over': sum((one) => one.counts.takeovers),
    'sockets cut': sum((one) => one.counts.cuts),
    'sent again': sum((one) => one.outbox.counts.resent),
    'meddled with': sum((one) => one.counts.foreign),
    'customers served': customers.reduce((all, one) => all + one.counts.served, 0),
  };
  const rare = Object.entries(happened).filter(([, times]) => times < 20);
  const count = (what: 'doubleOffers' | 'doubleOwners' | 'overCapacity') =>
    seen[what] + judged[what];
  const row = (claim: string, holds: boolean, words: string): Verdict => ({
    claim,
    n,
    seed,
    holds,
    seen: words,
  });
  return [
    row(
      'OFFER-9, I4: 0 double offers, by the sockets and by the stored log',
      count('doubleOffers') === 0 && judged.offers >= offers,
      judged.offers < offers
        ? `${judged.offers} offers are too few`
        : `${count('doubleOffers')} ${judged.first[0] ?? seen.first[0] ?? ''}`,
    ),
    row('OFFER-8, I4: 0 double owners', count('doubleOwners') === 0, `${count('doubleOwners')}`),
    row(
      'CAP-1, I5: 0 offers beyond the capacity',
      count('overCapacity') === 0,
      `${count('overCapacity')}`,
    ),
    row(
      'I2: the sockets were told what is stored, all of it',
      differ === 0 && seen.offers === judged.offers && sum((one) => one.counts.jumps) === 0,
      `${differ} events differ, ${sum((one) => one.counts.jumps)} snapshots on the way`,
    ),
    row(
      'I6: everything is drained ≤ 30 s after the end',
      drained !== null && stored.open === 0 && judged.stillHeld === 0,
      drained === null
        ? `${stored.open} of ${stored.started} open`
        : `${(drained / 1000).toFixed(1)} s`,
    ),
    row(
      'all of it happened',
      rare.length === 0 && !/"level":"(error|fatal)"/.test(output),
      Object.entries(happened)
        .map(([name, times]) => `${name} ${times}`)
        .join(', '),
    ),
  ];
}
