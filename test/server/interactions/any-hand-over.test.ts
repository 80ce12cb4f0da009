import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentId, InteractionId, RequestId, TeamId } from '../../../protocol/ids.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { holderOf, type InteractionState } from '../../../server/interactions/state.ts';
import { chatsOnly, statusCommand } from '../../channels.ts';
import { disagreements } from '../disagreements.ts';
import { by, byCustomer, bySystem, type Settings, toldBy, World } from '../given.ts';
import { desk, queue, who, why } from '../stories.ts';

/** Colleagues around two interactions, in any order: what each may do, and what comes too late. */

const agents = ['bo', 'cy', 'di', 'ed', 'flo', 'gus', 'hal'];
const customers = ['ana', 'eve'];

const choice = fc.record({
  kind: fc.noBias(fc.nat(9_999)),
  agent: fc.noBias(fc.nat(9_999)),
  other: fc.noBias(fc.nat(9_999)),
  interaction: fc.nat(1),
  /** One in five names somebody or something that it can't be. */
  stale: fc.nat(4).map((n) => n === 0),
  ms: fc.integer({ min: 0, max: 12_000 }),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const settings: fc.Arbitrary<Settings> = fc.record({
  queue: fc.record({
    transfer: fc.constantFrom('on-acceptance', 'immediate'),
    senderWrapUpMs: fc.constantFrom(0, 20_000),
    guestWrapUpMs: fc.constantFrom(0, 20_000),
  }),
});

const seen = new Map<string, number>();

test('I4, I5, I6, HAND-4, HAND-7: whatever colleagues do, both sides agree, and there is one owner', () => {
  fc.assert(
    fc.property(
      settings,
      fc.array(choice, { minLength: 80, maxLength: 140, size: 'max' }),
      (set, choices) => {
        const world = beginning(set);
        for (const one of choices) step(world, one);
      },
    ),
    { numRuns: 120, endOnFailure: true },
  );
  const interesting = [
    ...['requested', 'transferred', 'own-wrap-up-started', 'own-wrap-up-ended'],
    ...['ended: accepted', 'ended: rejected', 'ended: expired', 'ended: cancelled'],
    ...['ended: unreachable', 'ended: over'],
    ...['joined: guest', 'joined: consultant', 'left: left', 'left: removed', 'left: ended'],
    ...['left: lost', 'left: role-changed'],
    ...['owner: transferred', 'owner: handed-over', 'owner: owner-lost', 'owner: taken-over'],
    ...['joined: monitor', 'side-message-posted'],
    ...['request-over', 'not-allowed', 'already-asked', 'already-inside', 'not-reachable'],
    'not-inside',
  ];
  expect(interesting.filter((name) => !seen.has(name))).toEqual([]);
}, 60_000);

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

function step(world: World, one: Choice): void {
  world.pass(one.ms);
  const asked = commandFor(world, one);
  if (asked === null) return;
  const [command, actor] = asked;
  const ownersBefore = interactionsOf(world).map((state) => [state.id, holder(state)] as const);
  const decision = world.ask(command, actor);
  world.keep(decision);
  const told = toldBy(decision);
  note(decision.type === 'refused' ? [decision.refusal] : told.flatMap(namesIn));
  expect(
    disagreements({
      interactions: interactionsOf(world),
      agents: agents.map((name) => world.agent(name)),
      limits: { limits: chatsOnly(12), ringsAtOnce: 1 },
    }),
  ).toEqual([]);
  // HAND-4: whoever stops being the owner is told so exactly once.
  for (const [id, owner] of ownersBefore) {
    const now = world.interaction(id);
    if (owner === null || now === null || holder(now) === owner) continue;
    const revoked = told
      .filter(({ stream }) => stream === `agent:${owner}`)
      .flatMap(({ events }) => events.map((spoken) => ('words' in spoken ? spoken.body : spoken)))
      .filter((body) => body.type === 'revoked' && body.interaction === id);
    expect(revoked).toHaveLength(1);
  }
}

type Maker = (world: World, state: InteractionState, one: Choice) => readonly [Command, Actor];

const weights: readonly (readonly [number, Maker])[] = [
  [
    5,
    (_, { id: interaction }, one) => [
      { type: 'request', interaction, kind: 'join', to: other(one), note: 'help' },
      by(pick(agents, one.agent)),
    ],
  ],
  [
    16,
    (_, state, one) => [
      {
        type: 'request',
        interaction: state.id,
        kind: one.other % 3 === 0 ? 'consult' : 'join',
        to: other(one),
        note: '',
      },
      owner(state, one),
    ],
  ],
  [
    6,
    (_, state, one) => [
      {
        type: 'transfer',
        interaction: state.id,
        to: { kind: 'agent', agent: other(one) },
        note: 'mind the gap',
        draft: 'Dear',
        dispositions: [],
      },
      owner(state, one),
    ],
  ],
  [
    1,
    (_, state, one) => [
      {
        type: 'transfer',
        interaction: state.id,
        to:
          one.other % 2 === 0 ? { kind: 'queue', queue } : { kind: 'team', team: 'blue' as TeamId },
        note: '',
        draft: '',
        dispositions: [],
      },
      owner(state, one),
    ],
  ],
  [
    14,
    (_, state, one) => [
      { type: 'accept-request', interaction: state.id, request: request(state, one).request },
      by(request(state, one).to),
    ],
  ],
  [
    3,
    (_, state, one) => [
      { type: 'reject-request', interaction: state.id, request: request(state, one).request },
      by(request(state, one).to),
    ],
  ],
  [
    3,
    (_, state, one) => [
      { type: 'cancel-request', interaction: state.id, request: request(state, one).request },
      owner(state, one),
    ],
  ],
  [
    5,
    (_, state, one) => [
      { type: 'request-expired', interaction: state.id, request: request(state, one).request },
      bySystem,
    ],
  ],
  [
    2,
    (_, state, one) => [
      { type: 'remove-guest', interaction: state.id, agent: member(state, one) },
      owner(state, one),
    ],
  ],
  [1, (_, state, one) => [{ type: 'end-conference', interaction: state.id }, owner(state, one)]],
  [
    4,
    (_, state, one) => [
      { type: 'hand-ownership', interaction: state.id, to: member(state, one) },
      owner(state, one),
    ],
  ],
  [3, (_, state, one) => [{ type: 'leave', interaction: state.id }, by(member(state, one))]],
  [
    3,
    (_, state, one) => [
      { type: 'finish-own-wrap-up', interaction: state.id, note: 'polite' },
      by(state.ownWrapUps[0] ?? other(one)),
    ],
  ],
  [
    3,
    (world, state, one) => [
      {
        type: 'own-wrap-up-over',
        interaction: state.id,
        agent: state.ownWrapUps[0] ?? other(one),
        since: world.agent(state.ownWrapUps[0] ?? other(one)).ownWrapUps[state.id]?.since ?? 0,
      },
      bySystem,
    ],
  ],
  [
    3,
    (_, state, one) => [
      { type: 'agent-silent', agent: (one.stale ? null : ownerOf(state)) ?? other(one) },
      bySystem,
    ],
  ],
  [
    6,
    (_, __, one) => [
      { type: 'desk-connected', agent: other(one), desk: desk(other(one)), claim: true },
      bySystem,
    ],
  ],
  [
    8,
    (world, state, one) => [
      {
        type: 'member-lost',
        interaction: state.id,
        agent: member(state, one),
        since: world.agent(member(state, one)).reach.since,
      },
      bySystem,
    ],
  ],
  [
    4,
    (world, state) => [
      {
        type: 'owner-lost',
        interaction: state.id,
        agent: ownerOf(state) ?? who('bo'),
        since: world.agent(ownerOf(state) ?? 'bo').reach.since,
      },
      bySystem,
    ],
  ],
  [
    2,
    (_, state, one) => [
      { type: 'post', interaction: state.id, text: 'Hello' },
      by(member(state, one)),
    ],
  ],
  [4, (_, { id: interaction }) => [{ type: 'monitor', interaction }, supervisor]],
  [2, (_, { id: interaction }) => [{ type: 'barge-in', interaction }, supervisor]],
  [2, (_, { id: interaction }) => [{ type: 'take-over', interaction }, supervisor]],
  [
    6,
    (_, state, one) => {
      const colleague = member(state, one);
      const author = one.ms % 2 === 0 ? by(colleague) : owner(state, one);
      return [{ type: 'post-side', interaction: state.id, with: colleague, text: 'aside' }, author];
    },
  ],
  [1, (_, state, one) => [{ type: 'end', interaction: state.id }, owner(state, one)]],
  [1, (_, state) => [{ type: 'leave', interaction: state.id }, byCustomer(state.customer)]],
  [1, (_, state, one) => [{ type: 'park', interaction: state.id, forMs: null }, owner(state, one)]],
  [1, (_, state, one) => [{ type: 'unpark', interaction: state.id }, owner(state, one)]],
  [1, (_, __, one) => [{ type: 'sign-out' }, by(pick(agents, one.agent))]],
];
const makers = weights.flatMap(([weight, maker]) => Array.from({ length: weight }, () => maker));

/** What brings an interaction back to work comes by itself, so that most of the time is spent in it. */
function commandFor(world: World, one: Choice): readonly [Command, Actor] | null {
  const open = interactionsOf(world).filter(({ status }) => status.name !== 'done');
  if (open.length < customers.length) {
    const free = customers.find((name) => !open.some((state) => state.customer === name));
    return [{ type: 'start', queue, language: 'en' }, byCustomer(free)];
  }
  const state = pick(open, one.interaction);
  const { status } = state;
  if (status.name === 'queued' && one.kind % 3 > 0) {
    const offer = `offer-${one.kind}-${world.now}` as never;
    return [
      { type: 'offer', interaction: state.id, agent: who(pick(agents, one.agent)), offer, why },
      bySystem,
    ];
  }
  if (status.name === 'offered')
    return [{ type: 'accept', interaction: state.id, offer: status.offer }, by(status.agent)];
  if (status.name === 'wrapping' && one.kind % 3 > 0) return [markDone(state.id), by(status.owner)];
  return pick(makers, one.kind)(world, state, one);
}

const markDone = (interaction: InteractionId): Command => ({
  type: 'mark-done',
  interaction,
  dispositions: ['answered'],
  note: '',
  resolved: null,
  answers: {},
  tags: null,
  data: {},
  sendTranscript: false,
  workflow: null,
});

/** One of them may more. */
const supervisor: Actor = { ...by('hal'), role: 'supervisor' } as Actor;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const other = (one: Choice): AgentId => who(pick(agents, one.other));
const member = (state: InteractionState, one: Choice): AgentId =>
  state.members.length === 0 || one.stale ? other(one) : pick(state.members, one.other).agent;
const ownerOf = (state: InteractionState): AgentId | null =>
  state.status.name === 'active' ? state.status.owner : null;
const holder = (state: InteractionState): AgentId | null =>
  state.status.name === 'offered' ? null : holderOf(state);
const owner = (state: InteractionState, one: Choice): Actor =>
  by((one.stale ? null : (ownerOf(state) ?? state.lastOwner)) ?? other(one));
const request = (state: InteractionState, one: Choice) =>
  state.requests.length === 0 || one.stale
    ? { request: 'none' as RequestId, to: other(one) }
    : pick(state.requests, one.other);

const interactionsOf = (world: World): InteractionState[] =>
  [...world.streams.keys()].flatMap((stream) =>
    stream.startsWith('interaction:') ? (world.interaction(stream.slice(12)) ?? []) : [],
  );

function namesIn({ events }: ReturnType<typeof toldBy>[number]): string[] {
  return events.map((spoken) => {
    const body = 'words' in spoken ? spoken.body : spoken;
    if (body.type === 'request-ended') return `ended: ${body.outcome}`;
    if (body.type === 'joined') return `joined: ${body.role}`;
    if (body.type === 'left') return `left: ${body.reason}`;
    return body.type === 'owner-changed' ? `owner: ${body.reason}` : body.type;
  });
}
function note(names: readonly string[]): void {
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
}
