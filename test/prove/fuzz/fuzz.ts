import { writeFile } from 'node:fs/promises';
import type { QueueId } from '../../../protocol/ids.ts';
import { agentId, SITE } from '../../bench/bench-centre.ts';
import { prepareData } from '../../bench/deskside-data.ts';
import { makeFolder } from '../../bench/folder.ts';
import { type RealServer, realServer } from '../../e2e/real-server.ts';
import { type Random, seeded } from '../../simulation/random.ts';
import { chaosAgent } from '../chaos-agent.ts';
import { chaosCustomer } from '../chaos-customer.ts';
import { createLedger } from '../chaos-ledger.ts';
import { broken, faults } from '../faults.ts';
import { pause, within } from '../pause.ts';
import type { Verdict } from '../verdict.ts';
import { examples, type Ids, real } from './examples.ts';
import { CANARY, mutateFrame, type Shot } from './mutate-frame.ts';
import { type DoorName, type Heard, helloOf, newHeard, target } from './target.ts';

const SEED = 20_261_122;
const AGENTS = 12;
const CUSTOMERS = 24;
const STRANGERS = 40;
const BURST = 40;
/** A server that is gone answers nothing; then it isn't shot at for ever. */
const LIMIT_MS = 240_000;
const SETTLE_MS = 3_000;
const CALM = 'calm' as QueueId;
/** Between the first fifth and the end: answers and states that may be kept, up to their limits. */
const HEAP_GROWTH_MAX = 16 * 2 ** 20;
/** With it what SQLite keeps of its pages, and what the allocator gives back late. */
const RSS_GROWTH_MAX = 64 * 2 ** 20;

type Options = {
  readonly frames: number;
  readonly fault: (typeof faults)[keyof typeof faults] | null;
};

/**
 * TRUST-5: examples of every word of the wire, broken in every way we can think of, shot at both
 * doors of the server that ships, by who is signed in and who isn't.
 */
export async function fuzz({ frames }: { readonly frames: number }): Promise<Verdict[]> {
  const whole = await run({ frames, fault: null });
  const n = `${whole.shots.toLocaleString('en')} frames, ${whole.outside.toLocaleString('en')} of them by strangers, ${whole.connections.toLocaleString('en')} sockets`;
  const row = (claim: string, holds: boolean, seen: string): Verdict => ({
    ...{ claim, n, seed: String(SEED), holds, seen },
  });
  const { heard, memory, faultless, leaks, talks } = whole;
  const names = [...heard.refusals.keys()];
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const verdicts = [
    row(
      'TRUST-5: broken frames crash nothing and are no bug',
      faultless === '',
      faultless || 'alive',
    ),
    row(
      'TRUST-5: every command is answered, every close has a name',
      heard.wrong.length === 0 &&
        whole.shots >= frames &&
        whole.outside >= frames / 20 &&
        names.length >= 20 &&
        heard.acks >= 500,
      heard.wrong[0] ??
        `${heard.acks} acknowledged, slowest answer ${Math.round(heard.slowestMs)} ms, refusals of ${names.length} names; closes: ${[...heard.closes].map(([why, times]) => `${why} ${times}`).join(', ')}`,
    ),
    row(
      `memory is flat: heap ≤ +${mib(HEAP_GROWTH_MAX)}, process ≤ +${mib(RSS_GROWTH_MAX)} from 20 % to 100 %`,
      memory.heap <= HEAP_GROWTH_MAX && memory.rss <= RSS_GROWTH_MAX,
      `heap ${mib(memory.heap)}, process ${mib(memory.rss)}`,
    ),
    row('nothing that was sent stands in the log, at any level', leaks === 0, `${leaks} lines`),
    row(
      'afterwards a conversation goes as ever',
      talks,
      talks ? 'both hear each other' : 'nobody hears',
    ),
  ];
  for (const [fault, shows] of [
    [faults.logsFrames, (one: Run) => one.leaks > 0],
    [faults.keepsFrames, (one: Run) => one.memory.heap > HEAP_GROWTH_MAX],
    [faults.trustsFrames, (one: Run) => one.faultless !== '' || one.heard.wrong.length > 0],
  ] as const) {
    const one = await run({ frames: frames / 10, fault });
    verdicts.push({
      claim: `caught by broken frames: ${fault.name}`,
      n: `${one.shots.toLocaleString('en')} frames`,
      seed: String(SEED),
      holds: shows(one),
      seen: `${one.leaks} lines, heap ${mib(one.memory.heap)}, ${one.faultless || 'alive'}`,
    });
  }
  return verdicts;
}

type Run = Awaited<ReturnType<typeof run>>;

async function run({ frames, fault }: Options) {
  const folder = makeFolder();
  const data = await prepareData(folder, { agents: AGENTS + 1, messages: 0 });
  await writeFile(data.centreFile, JSON.stringify(centre));
  const faulty = fault === null ? {} : broken(fault);
  const server = await realServer({
    ...{ DATA_DIR: data.dataDir, CENTRE: data.centreFile, LOG_LEVEL: 'debug' },
    ...faulty,
    NODE_OPTIONS: `--import=${new URL('collect.ts', import.meta.url).pathname} ${'NODE_OPTIONS' in faulty ? faulty.NODE_OPTIONS : ''}`,
  });
  const random = seeded(SEED);
  const heard = newHeard();
  const counts = { shots: 0, outside: 0, connections: 0 };
  const range = createRange(server, random, heard, counts, (n) => data.tokenOf(n));
  try {
    await range(frames / 5);
    const before = await memoryOf(server);
    await range(frames);
    const after = await memoryOf(server);
    const talks = await stillServes(server, () => data.tokenOf(AGENTS));
    const alive = await fetch(`${server.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    const lines = server.output().split('\n');
    const bugs = lines.filter((line) => /"level":"(error|fatal)"|Unhandled|Error:/.test(line));
    return {
      ...counts,
      heard,
      talks,
      memory: { heap: after.heap - before.heap, rss: after.rss - before.rss },
      faultless: alive ? (bugs[0]?.slice(0, 200) ?? '') : 'the process is gone',
      leaks: lines.filter((line) => line.includes(CANARY)).length,
    };
  } finally {
    await server.remove();
  }
}

/** Agents, customers and strangers shoot at their doors until so many shots were fired. */
function createRange(
  server: RealServer,
  random: Random,
  heard: Heard,
  counts: { shots: number; outside: number; connections: number },
  token: (n: number) => Promise<string>,
) {
  const used: string[] = [];
  const latest = performance.now() + LIMIT_MS;
  const isOver = (until: number) => counts.shots >= until || performance.now() > latest;
  const ids = (self: number): Ids => ({
    interaction: () => random.pick([...heard.interactions]) ?? 'none',
    offer: () => random.pick([...heard.offers]) ?? 'none',
    agent: () => agentId(random.chance(0.5) ? self : random.below(AGENTS)),
    queue: 'noise',
  });

  function shot(door: DoorName, self: number): Shot {
    const { own, foreign } = examples[door];
    const from = random.chance(0.85) ? own : foreign;
    const frame = real(random, random.pick(from) ?? {}, ids(self), used);
    if ('id' in frame && typeof frame.id === 'string') used[counts.shots % 200] = frame.id;
    return mutateFrame(random, frame, random.chance(0.5) ? own : foreign);
  }

  async function dial(door: DoorName) {
    counts.connections++;
    return target(server.url, door, heard);
  }

  /** Signed in; whoever is closed comes again. */
  async function inside(door: DoorName, n: number, until: number): Promise<void> {
    while (!isOver(until)) {
      const socket = await dial(door);
      const hello =
        door === 'agent' ? helloOf.agent(await token(n), `desk-${n}`) : helloOf.customer();
      if (!(await socket.enters(hello))) {
        socket.cut();
        await pause(50);
        continue;
      }
      socket.shoot({ kind: 'text', text: JSON.stringify(opening[door]) });
      while (!isOver(until) && !socket.isOver()) {
        for (let one = 0; one < BURST && socket.shoot(shot(door, n)); one++) counts.shots++;
        await socket.settles();
      }
      socket.cut();
    }
  }

  /** Says something else than hello, or a hello with something wrong in it, and goes. */
  async function outside(until: number): Promise<void> {
    for (let n = 0; !isOver(until); n++) {
      const door = n % 2 === 0 ? 'agent' : 'customer';
      const socket = await dial(door);
      const good =
        door === 'agent' ? helloOf.agent(await token(n % AGENTS), 'desk-x') : helloOf.customer();
      const first = random.chance(0.5)
        ? shot(door, n % AGENTS)
        : mutateFrame(random, good, examples[door].own);
      for (const one of [first, shot(door, n % AGENTS)])
        if (socket.shoot(one)) {
          counts.shots++;
          counts.outside++;
        }
      await socket.ends(100);
      socket.cut();
    }
  }

  return async (until: number): Promise<void> => {
    await Promise.all([
      ...Array.from({ length: AGENTS }, (_, n) => inside('agent', n, until)),
      ...Array.from({ length: CUSTOMERS }, (_, n) => inside('customer', n, until)),
      ...Array.from({ length: STRANGERS }, () => outside(until)),
    ]);
  };
}

const ready = { type: 'set-status', channel: 'all', to: 'ready', reason: null };
/** So that there is something to shoot at. */
const opening = {
  agent: {
    ...{ type: 'command', id: 'opening-0000000001' },
    command: { ...ready, durationMs: null, next: 'stay' },
  },
  customer: {
    ...{ type: 'command', id: 'opening-0000000001' },
    command: { type: 'start', queue: 'noise', language: 'en' },
  },
} as const;

const centre = {
  name: 'Fuzz',
  agents: Array.from({ length: AGENTS + 1 }, (_, n) => ({
    ...{ id: agentId(n), name: `Agent ${n}`, email: `${agentId(n)}@fuzz.example` },
    ...{ skills: { [n < AGENTS ? 'noise' : 'calm']: 5 }, limits: { chat: 12 } },
  })),
  queues: ['noise', CALM].map((id) => ({ id, name: id, skills: [{ skill: id }] })),
  sites: [{ id: SITE, name: 'Fuzz', origins: ['self'] }],
  settings: { ringsAtOnce: 12 },
};

/** What is held once it is quiet, by the server's own figures; NaN, which is never flat, without them. */
async function memoryOf(server: RealServer): Promise<{ heap: number; rss: number }> {
  await pause(SETTLE_MS);
  const text = await fetch(`${server.url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  const value = (name: string) =>
    Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    heap: value('nodejs_heap_size_used_bytes') + value('nodejs_external_memory_bytes'),
    rss: value('process_resident_memory_bytes'),
  };
}

async function stillServes(server: RealServer, token: () => Promise<string>): Promise<boolean> {
  const ledger = createLedger();
  const agent = await chaosAgent(server.url, AGENTS, token, ledger);
  const customer = chaosCustomer(server.url, 0, ledger);
  try {
    customer.start(CALM);
    const heard = await within(
      15_000,
      () => {
        const texts = customer.texts().join('\n');
        return texts.includes(`agent ${AGENTS} says 2`) && texts.includes('customer 0 says 2');
      },
      async (ms) => {
        agent.work();
        customer.work();
        await pause(ms);
      },
    );
    return heard !== null;
  } finally {
    agent.close();
    customer.close();
  }
}
