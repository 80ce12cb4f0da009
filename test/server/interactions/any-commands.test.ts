import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentEvents, interactionEvents } from '../../../protocol/examples/events.ts';
import type {
  AgentId,
  CustomerId,
  InteractionId,
  OfferId,
  StreamName,
} from '../../../protocol/ids.ts';
import { evolveAgent } from '../../../server/agents/evolve.ts';
import type { AgentPolicy } from '../../../server/agents/policy.ts';
import { newAgent } from '../../../server/agents/state.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { evolve } from '../../../server/interactions/evolve.ts';
import { holderOf, type InteractionState } from '../../../server/interactions/state.ts';
import { chatsOnly, statusCommand } from '../../channels.ts';
import { disagreements } from '../disagreements.ts';
import { by, byCustomer, bySystem, type Settings, START, toldBy, World } from '../given.ts';
import { desk, queue, who, why } from '../stories.ts';

/** Any commands in any order, sensible and late ones alike, from agents, customers and the router. */

const agents = ['bo', 'cy', 'di'];
const customers = ['ana', 'eve', 'kim', 'lou'];

/** Numbers that pick something from the world as it is when the command's turn comes. */
const choice = fc.record({
  kind: number(),
  agent: number(),
  interaction: number(),
  customer: number(),
  /** One in four names something older than what is the case. */
  stale: fc.nat(3).map((n) => n === 0),
  ms: fc.integer({ min: 0, max: 40_000 }),
});
/** Every number as likely as any other. */
function number() {
  return fc.noBias(fc.nat(9_999));
}
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const settings: fc.Arbitrary<Settings & { agent: Pick<AgentPolicy, 'limits' | 'ringsAtOnce'> }> =
  fc.record({
    agent: fc.record({
      limits: fc.integer({ min: 1, max: 3 }).map(chatsOnly),
      ringsAtOnce: fc.integer({ min: 1, max: 3 }),
      pendingNotReady: fc.boolean(),
    }),
    queue: fc.record({
      onReject: fc.constantFrom('requeue', 'refused'),
      dispositionRequired: fc.boolean(),
      wrapUpMs: fc.constantFrom(0, 60_000),
      wrapUpBlocks: fc.constantFrom<readonly 'chat'[]>([], ['chat']),
      statusAfter: fc.constantFrom('previous', 'ready', 'not-ready', 'manual'),
      rejectsInRow: fc.integer({ min: 1, max: 3 }),
    }),
  });

/** What happened at least once over all runs; a property about nothing would pass too. */
const seen = new Map<string, number>();

test('I4, I5, I6, CAP-1, OFFER-9: after any commands in any order everything still agrees', () => {
  fc.assert(
    fc.property(
      settings,
      fc.array(choice, { minLength: 60, maxLength: 120, size: 'max' }),
      (set, choices) => {
        const world = beginning(set);
        for (const one of choices) step(world, set, one);
      },
    ),
    { numRuns: 400 },
  );
  const interesting = [
    'accepted',
    'rejected',
    'expired',
    'rescinded',
    'not-shown',
    'abandoned',
    'owner-lost',
    'ended',
    'marked-done',
    'pending-set',
    'pending-cleared',
    'do-not-disturb-set',
    'idle-set',
    'wrap-up',
    'rona',
    'refused',
    'unreachable',
    'customer-away',
    'taken',
    'offer-over',
    'no-room',
    'open-elsewhere',
    'still-owning',
  ];
  expect(interesting.filter((name) => !seen.has(name))).toEqual([]);
}, 30_000);

function beginning(set: Settings): World {
  const world = new World(set);
  for (const name of agents) {
    world.when(
      { type: 'desk-connected', agent: who(name), desk: desk(name), claim: true },
      bySystem,
    );
    world.when(statusCommand('ready'), by(name));
  }
  return world;
}

function step(
  world: World,
  set: { agent: Pick<AgentPolicy, 'limits' | 'ringsAtOnce'> },
  one: Choice,
): void {
  world.pass(one.ms);
  const [command, actor] = commandFor(world, one);
  const seqs = new Map([...world.streams].map(([name, { seq }]) => [name, seq]));
  const epochs = new Map(interactionsOf(world).map(({ id, epoch }) => [id, epoch]));
  const before = new Map(world.streams);
  const decision = world.ask(command, actor);
  expect([...world.streams].every(([name, folded]) => before.get(name) === folded)).toBe(true);
  const told = toldBy(decision);
  world.keep(decision);
  note(decision.type === 'refused' ? [decision.refusal] : told.flatMap(namesIn));
  for (const { stream, events } of told)
    expect(world.seq(stream)).toBe((seqs.get(stream) ?? 0) + events.length);
  for (const { id, epoch } of interactionsOf(world))
    expect(epoch - (epochs.get(id) ?? 0)).toBe(acceptedIn(told, id));
  expect(
    disagreements({
      interactions: interactionsOf(world),
      agents: agents.map((name) => world.agent(name)),
      limits: set.agent,
    }),
  ).toEqual([]);
}

type Maker = (world: World, one: Choice) => readonly [Command, Actor];

/** How often each is asked: enough is talked about, and enough goes wrong. */
const weights: readonly (readonly [number, Maker])[] = [
  [6, (_, one) => [{ type: 'start', queue, language: 'en' }, customerOf(one)]],
  [14, offerOf],
  [8, (world, one) => answerOf('offer-shown', world, one)],
  [14, (world, one) => answerOf('accept', world, one)],
  [3, (world, one) => answerOf('reject', world, one)],
  [3, (world, one) => [{ type: 'offer-expired', ...offerIn(world, one) }, bySystem]],
  [1, (world, one) => [{ type: 'offer-not-shown', ...offerIn(world, one) }, bySystem]],
  [1, (world, one) => [{ type: 'rescind', ...offerIn(world, one) }, bySystem]],
  [
    2,
    (world, one) => [
      { type: 'post', interaction: idIn(world, one), text: 'Hello' },
      customerOf(one),
    ],
  ],
  [
    2,
    (world, one) => [
      { type: 'post', interaction: idIn(world, one), text: 'Hello' },
      holderIn(world, one),
    ],
  ],
  [1, (world, one) => [{ type: 'leave', interaction: idIn(world, one) }, customerIn(world, one)]],
  [4, (world, one) => [{ type: 'end', interaction: idIn(world, one) }, holderIn(world, one)]],
  [6, (world, one) => [markDone(world, one), holderIn(world, one)]],
  [14, (_, one) => [status('ready', null), agentOf(one)]],
  [4, (_, one) => [status('not-ready', 'lunch'), agentOf(one)]],
  [1, (_, one) => [{ type: 'set-do-not-disturb', on: one.customer % 4 === 0 }, agentOf(one)]],
  [2, (_, one) => [{ type: 'idle-set', idle: one.customer % 3 === 0 }, agentOf(one)]],
  [1, (_, one) => [status('not-ready', 'lunch', lunchHour), agentOf(one)]],
  [2, (world, one) => [timeOver(world, one), bySystem]],
  [2, (_, one) => [bySupervisor(one), supervisor]],
  [5, (_, one) => [{ type: 'can-show' }, agentOf(one)]],
  [1, (_, one) => [{ type: 'sign-out' }, agentOf(one)]],
  [12, (_, one) => [connected(one), bySystem]],
  [3, (_, one) => [{ type: 'agent-silent', agent: who(nameOf(one)) }, bySystem]],
  [1, (world, one) => [{ type: 'agent-gone', ...absence(world, one) }, bySystem]],
  [2, (world, one) => [{ type: 'customer-gone', interaction: idIn(world, one) }, bySystem]],
  [2, (world, one) => [{ type: 'customer-back', interaction: idIn(world, one) }, bySystem]],
  [1, (world, one) => [left(world, one), bySystem]],
  [4, (world, one) => [owner('owner-away', world, one), bySystem]],
  [4, (world, one) => [owner('owner-lost', world, one), bySystem]],
  [2, (world, one) => [ownerBack(world, one), bySystem]],
  [3, (world, one) => [wrapUpOver(world, one), bySystem]],
];
const lunchHour = { durationMs: 60_000, next: 'ready' } as const;
const supervisor: Actor = { ...by('sue'), role: 'supervisor' } as Actor;
const timeOver = (world: World, one: Choice): Command => ({
  type: 'status-time-over',
  agent: who(nameOf(one)),
  channel: 'chat',
  until: (world.agent(nameOf(one)).channels.chat.until ?? 0) - (one.stale ? 1 : 0),
});
const bySupervisor = (one: Choice): Command => ({
  type: 'set-agent-status',
  agent: who(nameOf(one)),
  channel: 'all',
  to: one.customer % 2 === 0 ? 'ready' : 'not-ready',
  reason: null,
});
const makers = weights.flatMap(([weight, maker]) => Array.from({ length: weight }, () => maker));

const commandFor = (world: World, one: Choice) => pick(makers, one.kind)(world, one);

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const nameOf = (one: Choice): string => pick(agents, one.agent);
const agentOf = (one: Choice): Actor => by(nameOf(one));
const customerOf = (one: Choice): Actor => byCustomer(pick(customers, one.customer));

function interactionsOf(world: World): InteractionState[] {
  return [...world.streams.keys()].flatMap((stream) =>
    stream.startsWith('interaction:') ? (world.interaction(stream.slice(12)) ?? []) : [],
  );
}
/** One that isn't over, four times out of five. */
function chosen(world: World, one: Choice): InteractionState | null {
  const all = interactionsOf(world);
  const open = all.filter(({ status }) => status.name !== 'done');
  const among = open.length > 0 && !one.stale ? open : all;
  return among.length === 0 ? null : pick(among, one.interaction);
}
const idIn = (world: World, one: Choice): InteractionId =>
  chosen(world, one)?.id ?? ('nowhere' as InteractionId);

let offers = 0;
function offerOf(world: World, one: Choice): readonly [Command, Actor] {
  const offer = `offer-${++offers}` as OfferId;
  return [
    { type: 'offer', interaction: idIn(world, one), agent: who(nameOf(one)), offer, why },
    bySystem,
  ];
}
function offerIn(world: World, one: Choice) {
  const state = chosen(world, one);
  const current = state?.status.name === 'offered' && !one.stale ? state.status.offer : null;
  return {
    interaction: state?.id ?? ('nowhere' as InteractionId),
    offer: current ?? ('offer-1' as OfferId),
  };
}
/** Its agent answers, or with a stale choice anybody. */
function answerOf(
  type: 'accept' | 'reject' | 'offer-shown',
  world: World,
  one: Choice,
): readonly [Command, Actor] {
  const named = offerIn(world, one);
  const state = world.interaction(named.interaction);
  const actor =
    state?.status.name === 'offered' && !one.stale ? by(state.status.agent) : agentOf(one);
  return [{ type, ...named }, actor];
}
/** The agent it is with, or with a stale choice anybody. */
function holderIn(world: World, one: Choice): Actor {
  const holder = one.stale ? null : holderOf(chosen(world, one));
  return holder === null ? agentOf(one) : by(holder);
}
const customerIn = (world: World, one: Choice): Actor =>
  one.stale ? customerOf(one) : byCustomer(chosen(world, one)?.customer ?? 'ana');

const markDone = (world: World, one: Choice): Command => ({
  type: 'mark-done',
  interaction: idIn(world, one),
  dispositions: one.stale ? [] : ['answered'],
  note: '',
  resolved: null,
  answers: {},
  tags: null,
  data: {},
  sendTranscript: false,
  workflow: null,
});
const status = statusCommand;
const connected = (one: Choice): Command => ({
  type: 'desk-connected',
  agent: who(nameOf(one)),
  desk: desk(one.interaction % 3 === 0 ? 'elsewhere' : nameOf(one)),
  claim: one.customer % 2 === 0,
});
const absence = (world: World, one: Choice) => ({
  agent: who(nameOf(one)) as AgentId,
  since: world.agent(nameOf(one)).reach.since - (one.stale ? 1 : 0),
});
function left(world: World, one: Choice): Command {
  const state = chosen(world, one);
  const since = state?.presence.name === 'away' ? state.presence.since : 0;
  return {
    type: 'customer-left',
    interaction: idIn(world, one),
    since: one.stale ? since - 1 : since,
  };
}
function wrapUpOver(world: World, one: Choice): Command {
  const state = chosen(world, one);
  const since = state?.status.name === 'wrapping' ? state.status.since : 0;
  return {
    type: 'wrap-up-over',
    interaction: idIn(world, one),
    since: one.stale ? since - 1 : since,
  };
}
function owner(type: 'owner-away' | 'owner-lost', world: World, one: Choice): Command {
  const state = chosen(world, one);
  const agent = (!one.stale && holderOf(state)) || who(nameOf(one));
  return { type, interaction: idIn(world, one), agent, since: world.agent(agent).reach.since };
}

const ownerBack = (world: World, one: Choice): Command => ({
  type: 'owner-back',
  interaction: idIn(world, one),
  agent: holderOf(chosen(world, one)) ?? who(nameOf(one)),
});

function namesIn({ events }: ReturnType<typeof toldBy>[number]): string[] {
  return events.map((spoken) => {
    const body = 'words' in spoken ? spoken.body : spoken;
    if (body.type === 'offer-ended') return body.outcome;
    return body.type === 'status-changed' ? body.to : body.type;
  });
}
function note(names: readonly string[]): void {
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
}
const acceptedIn = (told: ReturnType<typeof toldBy>, id: InteractionId): number =>
  /** The offer's outcome has the same name as the event. */
  told
    .filter(({ stream }) => stream === (`interaction:${id}` as StreamName))
    .flatMap(namesIn)
    .filter((name) => name === 'accepted').length / 2;

test('evolve is total: after `started` any events in any order fold to a state, and nothing is changed in place', () => {
  const bodies = Object.values(interactionEvents).filter(({ type }) => type !== 'started');
  const id = 'c1' as InteractionId;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...bodies), { maxLength: 40 }), (events) => {
      let state = evolve(null, interactionEvents.started, 1, START, id);
      events.forEach((event, n) => {
        const before = structuredClone(state);
        const after = evolve(state, event, n + 2, START + n, id);
        expect(state).toEqual(before);
        state = after;
      });
      expect(state.id).toBe(id);
      expect(state.customer).toBe(interactionEvents.started.customer as CustomerId);
    }),
  );
});

test('evolve is total for agents too', () => {
  const bodies = Object.values(agentEvents);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...bodies), { maxLength: 40 }), (events) => {
      let state = newAgent(who('bo'));
      events.forEach((event, n) => {
        const before = structuredClone(state);
        const after = evolveAgent(state, event, n + 1, START + n);
        expect(state).toEqual(before);
        state = after;
      });
      expect(state.agent).toBe('bo');
    }),
  );
});

test('a stream that begins with anything else, or begins twice, is a bug and says so', () => {
  const id = 'c1' as InteractionId;
  expect(() => evolve(null, interactionEvents.ended, 1, START, id)).toThrow('begins with ended');
  const state = evolve(null, interactionEvents.started, 1, START, id);
  expect(() => evolve(state, interactionEvents.started, 2, START, id)).toThrow('started twice');
});
