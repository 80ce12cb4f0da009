import { PerformanceObserver } from 'node:perf_hooks';
import type {
  AgentId,
  CommandId,
  CustomerId,
  InteractionId,
  OfferId,
  QueueId,
  StreamName,
} from '../../protocol/ids.ts';
import { agentStream, interactionStream } from '../../protocol/ids.ts';
import { evolveAgent } from '../../server/agents/evolve.ts';
import { newAgent } from '../../server/agents/state.ts';
import { systemClock } from '../../server/clock.ts';
import type { SystemCommand } from '../../server/interactions/command.ts';
import { evolve } from '../../server/interactions/evolve.ts';
import { createRouter, type RouterDeps } from '../../server/router/router.ts';
import type { EventBody, LoadedStream, StoredEvent } from '../../server/store/contract.ts';
import { createSamples, type Samples } from './samples.ts';

const QUEUES = 20;
const SKILLS = 40;
const LIMIT = 4;
const STARTED = 1_800_000_000_000;

export type Drained = {
  /** Milliseconds of the process's main thread for each one that was offered, accepted and done. */
  readonly cost: number;
  /** How long each turn of the event loop took, in milliseconds of CPU: other processes don't count. */
  readonly turns: Samples;
  /** The longest of them without what V8 took to collect garbage in it. */
  readonly longestOwnMs: number;
};

/**
 * The router as shipped over a made-up house: so many agents, all ready, and so many who wait in
 * twenty queues with two steps. Whatever it offers is accepted in the next turn and done in the one
 * after, until nobody waits.
 */
export async function drain(agents: number, waiting: number): Promise<Drained> {
  const turns = createSamples();
  const house = createHouse(agents, waiting);
  /** Linux counts what a running thread used at its ticks, 4 ms apart, and whenever its process is asked for. */
  const cpu = () => {
    process.cpuUsage();
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = cpu();
  let beganAt = performance.now();
  const began = before;
  const long: Turn[] = [];
  let over = false;
  const turn = () => {
    const now = cpu();
    const at = performance.now();
    turns.add(now - before);
    if (now - before > LONG_MS) long.push({ from: beganAt, to: at, cpu: now - before });
    before = now;
    beganAt = at;
    if (!over) setImmediate(turn);
  };
  const collected: PerformanceEntry[] = [];
  const collections = new PerformanceObserver((list) => void collected.push(...list.getEntries()));
  collections.observe({ entryTypes: ['gc'] });
  setImmediate(turn);
  const router = createRouter(house.deps);
  await router.start();
  await house.drained;
  over = true;
  router.close();
  const cost = (cpu() - began) / waiting;
  // What was observed last is told in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 100));
  collections.disconnect();
  const own = long.map((one) => one.cpu - collectedIn(one, collected));
  return { cost, turns, longestOwnMs: Math.max(LONG_MS, ...own) };
}

/** Shorter turns aren't looked at one by one. */
const LONG_MS = 3;
type Turn = { readonly from: number; readonly to: number; readonly cpu: number };

function collectedIn({ from, to }: Turn, collected: readonly PerformanceEntry[]): number {
  let ms = 0;
  for (const { startTime, duration } of collected)
    if (startTime >= from && startTime <= to) ms += duration;
  return ms;
}

function createHouse(agents: number, waiting: number) {
  const clock = systemClock(STARTED);
  const seqs = new Map<StreamName, number>();
  const agentIds = Array.from({ length: agents }, (_, n) => `a${n}` as AgentId);
  const queueIds = Array.from({ length: QUEUES }, (_, n) => `q${n}` as QueueId);
  const skillsOf = (n: number) => ({
    [`s${n % SKILLS}`]: 1 + (n % 5),
    [`s${(n * 7) % SKILLS}`]: 2,
  });
  const skills = new Map(agentIds.map((id, n) => [id, skillsOf(n)]));
  const queues = new Map(
    queueIds.map((id, n) => [
      id,
      {
        bestProficiency: n % 2 === 0,
        steps: [
          { afterMs: 0, skills: [{ skill: `s${n}`, minimum: 3 }] },
          { afterMs: 500, skills: [{ skill: `s${n}`, minimum: 1 }] },
        ],
      },
    ]),
  );
  let hear: (events: readonly StoredEvent[]) => void = () => {};
  let position = 0;
  let left = waiting;
  let finish = () => {};
  const drained = new Promise<void>((resolve) => {
    finish = resolve;
  });

  function tell(...news: readonly (readonly [StreamName, EventBody])[]): void {
    hear(
      news.map(([stream, body]) => {
        const seq = (seqs.get(stream) ?? 0) + 1;
        seqs.set(stream, seq);
        const at = clock.now();
        return { position: ++position, stream, seq, at, principal: 'b', commandId: ID, body };
      }),
    );
  }

  /** What the deciders would say, in three turns. */
  async function handle(command: SystemCommand) {
    if (command.type !== 'offer') return NO;
    const { interaction, agent, offer, why } = command;
    const [theirs, mine] = [interactionStream(interaction), agentStream(agent)];
    const showBy = clock.now() + 3_000;
    const facts = { offer, interaction, channel: 'chat', queue: queueIds[0] as QueueId } as const;
    const times = { startedAt: STARTED, enqueuedAt: STARTED, showBy, answerMs: 45_000, why };
    tell(
      [theirs, { type: 'offered', offer, agent, showBy, why }],
      [mine, { type: 'offer-made', ...facts, ...times }],
    );
    const epoch = 1;
    setImmediate(() => {
      tell(
        [theirs, { type: 'accepted', offer, agent, name: agent, epoch }],
        [mine, { type: 'offer-ended', offer, interaction, outcome: 'accepted' }],
        [mine, { type: 'granted', interaction, epoch, role: 'owner', channel: 'chat' }],
      );
      setImmediate(() => {
        tell(
          [theirs, DONE],
          [mine, { type: 'revoked', interaction, epoch, role: 'owner', reason: 'done' }],
        );
        left--;
        if (left === 0) finish();
      });
    });
    return { type: 'ack', stream: theirs, seq: seqs.get(theirs) ?? 0 } as const;
  }

  const streams: LoadedStream[] = [
    ...agentIds.map((agent) => loaded(agentStream(agent), readyAgent(agent), seqs)),
    ...Array.from({ length: waiting }, (_, n) => {
      const id = `i${n}` as InteractionId;
      const queue = queueIds[n % QUEUES] as QueueId;
      return loaded(interactionStream(id), waitingOne(id, queue, n), seqs);
    }),
  ];
  const places = new Map(streams.map(({ stream }, place) => [stream, place]));
  let offers = 0;
  const deps: RouterDeps = {
    store: {
      load: async () => null,
      openStreams: async (after, limit) => {
        await new Promise((resolve) => setImmediate(resolve));
        const from = after === null ? 0 : (places.get(after) ?? 0) + 1;
        return streams.slice(from, from + limit);
      },
    },
    handle: { handle: (_, __, command) => handle(command as SystemCommand) },
    clock,
    bus: { tell: () => {} },
    onEvents: (listener) => {
      hear = listener;
      return () => {};
    },
    setup: {
      queue: (id) => queues.get(id) ?? null,
      queues: () => queueIds,
      agents: () => agentIds,
      name: (agent) => agent,
      skills: (agent) => skills.get(agent) ?? {},
      teams: () => [],
      limits: () => ({ limits, ringsAtOnce: 1, voiceBlocks: true }),
      opening: () => ({ open: true, until: null }),
    },
    policy: () => ({ customerLeftMs: 600_000, overflow: null, leaveMessage: false }),
    liveness: () => ({ ownerAwayMs: 60_000, ownerLostMs: 120_000, unreachableMs: 600_000 }),
    newCommand: () => ID,
    newOffer: () => `o${++offers}` as OfferId,
  };
  return { deps, drained };
}

const limits = { chat: LIMIT, voice: 0, email: 0, messaging: 0, 'work-item': 0 };
const ID = 'bench-command-0000000001' as CommandId;
const NO = { type: 'refused', refusal: 'out-of-date', retryMs: null } as const;
const DONE: EventBody = {
  type: 'marked-done',
  by: 'agent',
  dispositions: [],
  incomplete: false,
  resolved: null,
  sendTranscript: false,
};

function loaded(stream: StreamName, state: unknown, seqs: Map<StreamName, number>): LoadedStream {
  seqs.set(stream, 1);
  return { stream, seq: 1, snapshot: { seq: 1, state }, events: [] };
}

function readyAgent(agent: AgentId) {
  const events = [
    { type: 'signed-in', desk: 'd' as never },
    { type: 'reachable' },
    {
      type: 'status-changed',
      channel: 'chat',
      from: 'not-ready',
      to: 'ready',
      reason: null,
      until: null,
      next: 'stay',
      by: { kind: 'agent' },
    },
  ] as const;
  return events.reduce((state, event) => evolveAgent(state, event, 1, STARTED), newAgent(agent));
}

function waitingOne(id: InteractionId, queue: QueueId, n: number) {
  const customer = `c${n}` as CustomerId;
  const started = { type: 'started', channel: 'chat', customer, queue, language: 'en' } as const;
  const enqueuedAt = STARTED - (n % 1_000) * 1_000;
  const queued = {
    type: 'queued',
    queue,
    priority: 1 + (n % 10),
    enqueuedAt,
    reason: 'started',
    skipped: [],
    preferred: null,
    preferredUntil: null,
    target: null,
  } as const;
  return evolve(evolve(null, started, 1, STARTED, id), { ...queued, skipped: [] }, 1, STARTED, id);
}
