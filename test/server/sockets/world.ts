import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { expect } from 'vitest';
import { strictPolicy } from '../../../guard/policy.ts';
import { centreFacts } from '../../../protocol/examples/cards.ts';
import {
  AgentFrameDown,
  AgentFrameUp,
  CustomerFrameDown,
  CustomerFrameUp,
} from '../../../protocol/frames.ts';
import type {
  AgentId,
  CommandId,
  CustomerId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
} from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { createLocalBus } from '../../../server/bus/local.ts';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import type { Reloaded } from '../../../server/centre/reload.ts';
import type { Clock } from '../../../server/clock.ts';
import { createDirectory } from '../../../server/directory/directory.ts';
import { createFeed } from '../../../server/feed/feed.ts';
import { createFollow } from '../../../server/feed/follow.ts';
import { createHandle } from '../../../server/handle.ts';
import type { SystemCommand } from '../../../server/interactions/command.ts';
import { closedQueue, type QueuePolicy } from '../../../server/interactions/policy.ts';
import type { Person } from '../../../server/sockets/greet-agent.ts';
import type { Limits, Out, Session } from '../../../server/sockets/session.ts';
import { createSessions } from '../../../server/sockets/sessions.ts';
import { type Store, StoreUnavailable } from '../../../server/store/contract.ts';
import { plainAgent, statusCommand } from '../../channels.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { createMemoryDisk, type MemoryDisk } from '../../simulation/memory-disk.ts';
import { createMemoryStore } from '../../simulation/memory-store.ts';

export const queue = 'sales' as QueueId;
export const ana = 'ana' as AgentId;
export const ben = 'ben' as AgentId;
export const secretOf = (name: string) => name.padEnd(43, '_');
export const customerOf = (secret: string) =>
  createHash('sha256').update(secret).digest('base64url') as CustomerId;

const policy: QueuePolicy = { ...closedQueue, dispositions: ['sold'] };
const why = { reason: 'only', skills: [], candidates: 1, step: 0, passedOver: {} } as const;

/** What the directory lists. */
const house = createCentre(
  parseCentre(
    `name: Shop
agents:
  - { id: ana, name: Ana, email: ana@shop.example }
  - { id: ben, name: Ben, email: ben@shop.example }
queues: [{ id: sales, name: Sales }]
sites: [{ id: shop, name: Shop, origins: [self] }]
`,
    'shop.yaml',
  ),
);

/** A server without sockets: store in memory, a clock that stands still, everything else as shipped. */
export async function server(
  options: {
    readonly limits?: Partial<Limits>;
    readonly disk?: MemoryDisk;
    /** A clock that really runs, for tests with real sockets. */
    readonly clock?: Clock;
  } = {},
) {
  const held = holdClock(1_800_000_000_000);
  const clock = { ...held, ...options.clock };
  const disk = options.disk ?? createMemoryDisk();
  const kept = createMemoryStore(disk);
  const weather = { away: false, reads: 0 };
  const guard =
    <Args extends unknown[], T>(ask: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> => {
      weather.reads++;
      return weather.away ? Promise.reject(new StoreUnavailable('away')) : ask(...args);
    };
  const store: { -readonly [Name in keyof Store]: Store[Name] } = {
    ...kept,
    append: guard(kept.append),
    load: guard(kept.load),
    read: guard(kept.read),
    readAll: guard(kept.readAll),
    streamByKey: guard(kept.streamByKey),
    raiseMarks: guard(kept.raiseMarks),
    marks: guard(kept.marks),
  };
  const setUp = newSetUp();
  const bus = createLocalBus();
  const bugs: unknown[] = [];
  // Over a used disk the ids are new ones.
  let ids = 1_000 * disk.commands.size;
  const newCommandId = () => `system-${String(++ids).padStart(16, '0')}` as CommandId;
  const follow = createFollow({ store, bus, clock, pollMs: 3_000 });
  await follow.start();
  const handle = createHandle({
    store,
    clock,
    policies: {
      queue: ({ queue: id }) => (id === queue ? policy : null),
      agent: () => plainAgent,
      isOpen: () => setUp.isOpen,
      isReason: (reason) => reason === 'lunch',
      isTag: (tag) => tag === 'vip',
      person: (agent) => ({ name: agent, role: 'agent' }),
      isTarget: () => false,
      pushPage: () => null,
    },
    sensitiveData: () => strictPolicy,
    newInteraction: () => `i-${++ids}` as InteractionId,
    hash: (command) => JSON.stringify(command),
    committed: follow.committed,
  });
  const feed = createFeed({ store, follow, clock });
  const asked: SystemCommand[] = [];
  const directory = createDirectory({ clock, setUp: () => house, limits });
  const sessions = createSessions({
    directory,
    store,
    bus,
    clock,
    follow,
    feed,
    handle: {
      ...handle,
      handle: (actor, id, command) => {
        if (actor.kind === 'system') asked.push(command as SystemCommand);
        return handle.handle(actor, id, command);
      },
    },
    limits: { ...limits, ...options.limits },
    bug: (error) => bugs.push(error),
    newCommandId,
    verify: async (token) => {
      if (weather.away) throw new StoreUnavailable('away');
      return token.startsWith('token-')
        ? { agent: token.slice('token-'.length) as AgentId, session: `session-${token}` }
        : null;
    },
    person: (agent) => (agent === ana || agent === ben ? (setUp.people.get(agent) ?? null) : null),
    centreCard: () => ({ ...centreFacts.centre, name: setUp.name }),
    onSetUp: (hear) => {
      setUp.hearers.add(hear);
      return () => void setUp.hearers.delete(hear);
    },
    queueDoor: (id) => ({
      queue: id,
      state: setUp.isOpen ? 'open' : 'closed',
      canLeaveMessage: true,
    }),
    questions: () => ({
      rows: (id) => ({ type: 'waiting', queue: id, rows: [], count: 0 }),
      explain: () => null,
      holding: (agent, from) =>
        agent === ana ? { type: 'holding', agent, from, rows: [], count: 0 } : null,
    }),
    reloadCentre: async () => {
      setUp.reloads++;
      return setUp.outcome;
    },
    siteCard: (site) =>
      site === 'shop'
        ? { name: 'Shop', accent: '#123456', languages: [], queues: [], form: [] }
        : null,
    customerOf,
  });

  const world = {
    directory,
    clock,
    disk,
    store,
    bus,
    follow,
    handle,
    feed,
    sessions,
    asked,
    bugs,
    weather,
    setUp,
    newCommandId,
    system: (command: SystemCommand) => handle.handle({ kind: 'system' }, newCommandId(), command),
    agent: () => client(world, sessions.agent, AgentFrameUp, AgentFrameDown),
    customer: () => client(world, sessions.customer, CustomerFrameUp, CustomerFrameDown),
    /** Signed in, welcome heard, batches acknowledged as they come. */
    async desk(name: AgentId = ana, hello: Partial<AgentHello> = {}) {
      const desk = world.agent();
      desk.send(agentHello(name, hello));
      await clock.settle();
      return desk;
    },
    async tab(name = 'carla', cursor: CustomerHello['cursor'] = null) {
      const tab = world.customer();
      tab.send({ type: 'hello', protocol: 2, secret: secretOf(name), site: 'shop', cursor });
      await clock.settle();
      return tab;
    },
    /** A customer who waits; returns the tab and the interaction. */
    async waiting(name = 'carla') {
      const tab = await world.tab(name);
      const ack = await tab.command({ type: 'start', queue, language: 'en', name });
      const interaction = ack.stream.slice('interaction:'.length) as InteractionId;
      return { tab, interaction };
    },
    /** A customer and an agent in conversation. */
    async talking() {
      const desk = await world.desk();
      await desk.command(statusCommand('ready'));
      const { tab, interaction } = await world.waiting();
      const offer = `offer-${interaction}` as OfferId;
      await world.system({
        type: 'offer',
        interaction,
        agent: ana,
        offer,
        why: { ...why, skills: [], passedOver: {} },
      });
      await desk.command({ type: 'accept', interaction, offer });
      return { desk, tab, interaction };
    },
  };
  return world;
}

/** What the centre's file says; a test may change it while sessions run. */
function newSetUp() {
  const person = (name: string): Person => ({ ...plainAgent, name, role: 'agent' });
  const hearers = new Set<() => void>();
  return {
    name: 'Shop',
    people: new Map<AgentId, Person>([
      [ana, person('Ana')],
      [ben, person('Ben')],
    ]),
    isOpen: true,
    reloads: 0,
    outcome: { type: 'in-force' } as Reloaded,
    hearers,
    changed: () => {
      for (const hear of hearers) hear();
    },
  };
}

export type Server = Awaited<ReturnType<typeof server>>;
export type AgentHello = Extract<AgentFrameUp, { type: 'hello' }>;
export type CustomerHello = Extract<CustomerFrameUp, { type: 'hello' }>;

export const agentHello = (name: AgentId = ana, more: Partial<AgentHello> = {}): AgentHello => ({
  type: 'hello',
  protocol: 2,
  token: `token-${name}`,
  desk: `desk-of-${name}` as DeskId,
  claim: false,
  agentSeq: 0,
  cursors: [],
  ...more,
});

type Frame = { readonly type: string };

/** The other end of a session. Every frame that comes is checked against its schema. */
function client<Up extends Frame, Down extends Frame>(
  { clock, newCommandId }: { clock: ReturnType<typeof holdClock>; newCommandId: () => CommandId },
  open: (out: Out) => Session,
  _up: v.GenericSchema<unknown, Up>,
  down: v.GenericSchema<unknown, Down>,
) {
  const frames: Down[] = [];
  let closed: number | null = null;
  let unsent = 0;
  let acknowledges = true;
  const session = open({
    send: (text) => {
      if (closed !== null) throw new Error(`sent after it was closed: ${text}`);
      const frame = v.parse(down, JSON.parse(text));
      frames.push(frame);
      if (frame.type === 'batch' && acknowledges)
        clock.soon(() =>
          session.receive(
            JSON.stringify({ type: 'got', batch: (frame as unknown as { batch: number }).batch }),
          ),
        );
    },
    close: (code) => {
      closed ??= code;
    },
    unsent: () => unsent,
  });
  type Command = Extract<Up, { type: 'command' }> extends { command: infer C } ? C : never;
  const of = <T extends Down['type']>(type: T) =>
    frames.filter((frame): frame is Extract<Down, { type: T }> => frame.type === type);

  return {
    session,
    frames,
    of,
    last: <T extends Down['type']>(type: T) => of(type).at(-1),
    /** The code it was closed with, or null. */
    closed: () => closed,
    raw: (text: string) => session.receive(text),
    send: (frame: object) => session.receive(JSON.stringify(frame)),
    acknowledge: (on: boolean) => {
      acknowledges = on;
    },
    unsent: (bytes: number) => {
      unsent = bytes;
    },
    /** Sends a command and returns its ack. */
    async command(command: Command, id = newCommandId()) {
      session.receive(JSON.stringify({ type: 'command', id, command }));
      await clock.settle();
      const answer = frames.find(
        (frame) =>
          (frame.type === 'ack' || frame.type === 'refused') &&
          (frame as unknown as { id: string }).id === id,
      );
      expect(answer).toMatchObject({ type: 'ack' });
      return answer as unknown as { stream: string; seq: number };
    },
    /** Sends a command and returns the refusal. */
    async refusal(command: Command, id = newCommandId()) {
      session.receive(JSON.stringify({ type: 'command', id, command }));
      await clock.settle();
      return of('refused' as Down['type']).find(
        (frame) => (frame as unknown as { id: string }).id === id,
      ) as unknown as { refusal: string; retryMs: number | null };
    },
    /** Every event that came, in order, as `type` or its text. */
    events: () =>
      of('batch' as Down['type']).flatMap((frame) =>
        (
          frame as unknown as {
            parts: { of: string; events: { event: Frame; content?: { text?: string } }[] }[];
          }
        ).parts.flatMap((part) =>
          part.events.map(({ event, content }) => content?.text ?? event.type),
        ),
      ),
    close: () => session.closed(),
  };
}
