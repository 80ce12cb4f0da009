import type { AgentId, CommandId, CustomerId, InteractionId, OfferId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { createBotRunner } from '../../server/bot/runner.ts';
import { createLocalBus } from '../../server/bus/local.ts';
import { systemClock } from '../../server/clock.ts';
import { createFeed } from '../../server/feed/feed.ts';
import { createFollow } from '../../server/feed/follow.ts';
import { createHandle } from '../../server/handle.ts';
import { createRouter } from '../../server/router/router.ts';
import { openAtStart } from '../../server/sockets/open-at-start.ts';
import { createSessions } from '../../server/sockets/sessions.ts';
import { must } from './broken.ts';
import type { CommitFate } from './memory-commits.ts';
import { createMemoryStore } from './memory-store.ts';
import type { End, Wire } from './network.ts';
import { simulatedBot } from './simulated-bot.ts';
import { SUPERVISOR, type World } from './world.ts';

/** The server as shipped, over the world's disk, clock and network. */
export type ServerProcess = {
  /** Server time. */
  readonly now: () => number;
  readonly agentDoor: (wire: Wire) => End | null;
  readonly customerDoor: (wire: Wire) => End | null;
  /** So many of the next commits go wrong, each in its own way. */
  readonly failCommits: (n: number) => void;
  /** It stands still for so long, as a stopped process or a machine asleep. */
  readonly stall: (ms: number) => Promise<void>;
  /** kill -9: memory and what was under way are gone, and so is every connection. */
  readonly kill: () => void;
  /** I10: nobody is here, and only so many wait without their customers: nothing else may be held. */
  readonly mustBeEmpty: (waiting: number) => void;
};

/** A mark that comes after the end is remembered until enough newer ones have come. */
const MARKS_KEPT = 30;
/** A start that takes longer goes on while the world does. */
const BOOT_MS = 2_000;
const FATES: readonly CommitFate[] = ['failed', 'stored-but-failed', 'stored-but-unheard'];

export async function bootServer(world: World): Promise<void> {
  const { random, network } = world;
  const { live } = world.setUp;
  const { centre } = live;
  /** What a server that is dead would hear of the set-up. */
  const stops: (() => void)[] = [];
  const process = world.clock.process();
  let failures = 0;
  let alive = true;
  const store = createMemoryStore(world.disk, {
    commit: (run) => {
      const fate = failures > 0 ? random.pick(FATES) : 'stored';
      if (fate !== 'stored') {
        failures--;
        world.counts.failedCommits++;
      }
      /** A commit that nobody hears of is the last thing before the power goes. */
      const unheard = fate === 'stored-but-unheard';
      process.at(process.now() + (random.chance(0.9) ? random.below(4) : random.below(120)), () => {
        run(fate);
        if (unheard) world.clock.soon(() => alive && world.crashSoon());
      });
    },
  });
  const { at: newestAt } = await store.newest();
  const wentBack = world.wall() < newestAt;
  if (wentBack) world.counts.wentBack++;
  const clock = systemClock(newestAt, {
    wall: world.wall,
    passed: process.now,
    after: (ms, what) => process.at(process.now() + ms, what),
    soon: process.soon,
  });
  const bus = createLocalBus((error) => world.trouble('bus', error));
  const bug = (error: unknown) => world.trouble('bug', error);
  const follow = createFollow({ store, bus, clock, pollMs: 3_000 });
  const handle = createHandle({
    store,
    clock,
    policies: {
      queue: ({ queue }) => centre.queuePolicy(queue),
      agent: centre.agentPolicy,
      isOpen: (queue, at) => centre.routing.opening(queue, at).open,
      isReason: centre.isReason,
      isTag: centre.isTag,
      person: (agent) => ({ name: agent, role: roleOf(world, agent) }),
      isTarget: () => false,
      pushPage: () => null,
    },
    sensitiveData: (queue) => centre.sensitiveData(queue),
    newInteraction: () => random.id('i-') as InteractionId,
    hash: (command) => JSON.stringify(command),
    committed: follow.committed,
    /** Few enough that the store must be asked again and again. */
    kept: 8,
  });
  const feed = createFeed({ store, follow, clock });
  const newCommand = () => random.id('s-') as CommandId;
  const sessions = createSessions({
    directory: { open: () => ({ show() {} }) },
    handle,
    store,
    bus,
    follow,
    feed,
    clock,
    limits,
    marksKept: MARKS_KEPT,
    newCommandId: newCommand,
    bug,
    verify: async (token) => ({ agent: world.agentId(token), session: token }),
    person: (agent) => ({ ...centre.agentPolicy(agent), name: agent, role: roleOf(world, agent) }),
    centreCard: () => centre.card,
    onSetUp: (hear) => {
      const stop = live.onChange(hear);
      stops.push(stop);
      return stop;
    },
    reloadCentre: async () => ({ type: 'in-force' }),
    customerOf: (secret) => world.principal(secret) as CustomerId,
    queueDoor: (queue) => router.door(queue),
    questions: () => router.questions,
    siteCard: () => centre.site('sim')?.card ?? null,
  });
  const router = createRouter({
    store,
    handle,
    clock,
    bus,
    onEvents: follow.onEvents,
    setup: centre.routing,
    policy: centre.queuePolicy,
    liveness: () => centre.liveness,
    newCommand,
    newOffer: () => random.id('o-') as OfferId,
  });

  stops.push(live.onChange(router.setUpChanged));

  /** Whoever comes while it stands still is let in once it runs again. */
  const door =
    (open: typeof sessions.agent) =>
    (wire: Wire): End | null => {
      if (!alive) return null;
      let session: ReturnType<typeof open> | null = null;
      process.run(() => {
        session = open({ send: wire.send, close: (code) => wire.close(code) });
      });
      return {
        received: (text) => process.run(() => session?.receive(text)),
        closed: () => process.run(() => session?.closed()),
      };
    };

  const bots = createBotRunner({
    store,
    handle,
    clock,
    onEvents: follow.onEvents,
    setup: (queue) => centre.bot(queue),
    bot: simulatedBot(random, clock),
    newCommand,
    failed: () => {},
  });

  const booting = (async () => {
    await follow.start();
    const before = await openAtStart(store, handle.keep);
    await sessions.expect(before);
    await router.start();
    world.counts.botsResumed += before.withBot.length;
    bots.resume(before.withBot);
  })();
  world.setServer({
    now: clock.now,
    agentDoor: door(sessions.agent),
    customerDoor: door(sessions.customer),
    failCommits: (n) => {
      failures = n;
    },
    stall: async (ms) => {
      process.freeze();
      await world.clock.advance(ms);
      await process.thaw();
    },
    kill: () => {
      alive = false;
      for (const stop of stops) stop();
      process.kill();
      network.cutAll();
    },
    mustBeEmpty: (waits) => {
      const size = { ...sessions.size(), ...router.size(), ...feed.size(), bots: bots.size() };
      const { desks, customers, marks, interactions, readers, streams, lines, waiting } = size;
      must(
        desks + customers + readers + streams + lines + waiting + size.bots === 0 &&
          interactions === waits &&
          marks <= MARKS_KEPT,
        `I10: still held: ${JSON.stringify(size)}`,
      );
    },
  });
  await world.clock.settle();
  let isUp = false;
  void booting.then(() => {
    isUp = true;
  });
  for (let waited = 0; waited < BOOT_MS && !isUp; waited += 50) await world.clock.advance(50);
}

const roleOf = (world: World, agent: AgentId): 'agent' | 'supervisor' =>
  agent === world.agentId(SUPERVISOR) ? 'supervisor' : 'agent';
