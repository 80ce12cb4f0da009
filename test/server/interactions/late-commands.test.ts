import { expect, test } from 'vitest';
import { type RefusalName, refusals } from '../../../protocol/refusals.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { chatsOnly } from '../../channels.ts';
import { disagreements } from '../disagreements.ts';
import {
  agent,
  by,
  byCustomer,
  bySystem,
  chat,
  given,
  later,
  START,
  type Told,
  toldBy,
  World,
} from '../given.ts';
import {
  abandoned,
  answering,
  connect,
  done,
  doneBy,
  markDone,
  offer,
  offerEnded,
  on,
  ownerIs,
  post,
  queued,
  ready,
  ringing,
  setStatus,
  shown,
  since,
  start,
  status,
  talking,
  waiting,
  who,
  wrapping,
} from '../stories.ts';

/**
 * I7: whatever comes, however late: either events after which everything still agrees, or a named
 * refusal and no change. Every command × everything that can be the case of the interaction c1
 * and of the agent bo.
 */
const rescinded = offerEnded('c1', 'bo', 'rescinded');
/** Bo's offer is over, and it rings at cy. */
const atCy = [
  ...ringing('c1', 'bo'),
  chat('c1', rescinded.chat, queued('rescinded')),
  agent('bo', rescinded.agent),
  ...ringing('c1', 'cy', 2),
];
const doneBySystem: Told[] = [
  ...wrapping('c1', 'bo'),
  chat('c1', doneBy('system')),
  agent('bo', {
    type: 'revoked',
    interaction: 'c1' as never,
    epoch: 1,
    role: 'owner',
    reason: 'done',
  }),
];
const lost: Told[] = [
  ...talking('c1', 'bo'),
  chat('c1', { type: 'owner-lost', agent: who('bo') }, queued('owner-lost')),
  agent('bo', {
    type: 'revoked',
    interaction: 'c1' as never,
    epoch: 1,
    role: 'owner',
    reason: 'owner-lost',
  }),
];

const cases: Readonly<Record<string, readonly Told[]>> = {
  nothing: [],
  waits: waiting('c1'),
  'rings at bo, unseen': ringing('c1', 'bo'),
  'rings at bo, shown': [...ringing('c1', 'bo'), ...shown('c1', 'bo')],
  'rings at cy': atCy,
  'is bo’s': talking('c1', 'bo'),
  'is cy’s': talking('c1', 'cy'),
  'is wrapped up by bo': wrapping('c1', 'bo'),
  'is wrapped up by cy': wrapping('c1', 'cy'),
  'was done by bo': done('c1', 'bo'),
  'was done by the system': doneBySystem,
  'was abandoned': abandoned('c1'),
  'was lost by bo and waits': lost,
};

const moods: Readonly<Record<string, readonly Told[]>> = {
  here: [],
  'customer away': [chat('c1', { type: 'customer-away', leftAt: START + 600_000 })],
  'bo silent': [agent('bo', { type: 'unreachable' })],
  'bo not ready': [agent('bo', status('ready', 'not-ready', 'lunch', 'agent'))],
};

const commands: Readonly<Record<string, (world: World) => readonly [Command, Actor]>> = {
  start: () => [start(), byCustomer()],
  'post of ana': () => [post('c1'), byCustomer()],
  'post of eve': () => [post('c1'), byCustomer('eve')],
  leave: () => [on('leave', 'c1'), byCustomer()],
  'leave of eve': () => [on('leave', 'c1'), byCustomer('eve')],
  ready: () => [setStatus('ready'), by('bo')],
  'not ready': () => [setStatus('not-ready', 'training'), by('bo')],
  'sign out': () => [{ type: 'sign-out' }, by('bo')],
  'can show': () => [{ type: 'can-show' }, by('bo')],
  shown: () => [answering('offer-shown', 'c1'), by('bo')],
  accept: () => [answering('accept', 'c1'), by('bo')],
  'accept with cy’s offer': () => [answering('accept', 'c1', 2), by('bo')],
  reject: () => [answering('reject', 'c1'), by('bo')],
  'reject with cy’s offer': () => [answering('reject', 'c1', 2), by('bo')],
  post: () => [post('c1'), by('bo')],
  end: () => [on('end', 'c1'), by('bo')],
  'mark done': () => [markDone('c1', ['answered']), by('bo')],
  offer: () => [offer('c1', 'bo', 3), bySystem],
  'not shown': () => [answering('offer-not-shown', 'c1'), bySystem],
  expired: () => [answering('offer-expired', 'c1'), bySystem],
  rescind: () => [answering('rescind', 'c1'), bySystem],
  gone: () => [on('customer-gone', 'c1'), bySystem],
  back: () => [on('customer-back', 'c1'), bySystem],
  'left, now': (world) => [since('customer-left', 'c1', presenceOf(world)), bySystem],
  'left, before': () => [since('customer-left', 'c1', 1), bySystem],
  'owner away': (world) => [ownerIs('away', 'c1', 'bo', world), bySystem],
  'owner lost': (world) => [ownerIs('lost', 'c1', 'bo', world), bySystem],
  'owner back': () => [
    { type: 'owner-back', interaction: 'c1' as never, agent: who('bo') },
    bySystem,
  ],
  'wrap-up over': (world) => [since('wrap-up-over', 'c1', endedAt(world)), bySystem],
  'wrap-up over, before': () => [since('wrap-up-over', 'c1', 2), bySystem],
  connected: () => [connect('bo'), bySystem],
  'claimed elsewhere': () => [connect('bo', 'home', true), bySystem],
  'connected elsewhere': () => [connect('bo', 'home'), bySystem],
  silent: () => [{ type: 'agent-silent', agent: who('bo') }, bySystem],
  'gone for 10 min': (world) => [
    { type: 'agent-gone', agent: who('bo'), since: world.agent('bo').reach.since },
    bySystem,
  ],
};

function presenceOf(world: World): number {
  const presence = world.interaction('c1')?.presence;
  return presence?.name === 'away' ? presence.since : 0;
}
function endedAt(world: World): number {
  const now = world.interaction('c1')?.status;
  return now?.name === 'wrapping' ? now.since : 0;
}

const worldOf = (state: keyof typeof cases, mood: keyof typeof moods): World =>
  given(ready('bo'), ready('cy'), cases[state]!, moods[mood]!, later(70_000));

/** These may be said again and again. */
const repeatable = new Set(['start', 'post', 'post of ana']);

const possible = Object.keys(cases).flatMap((state) =>
  Object.keys(moods)
    .filter((mood) => !contradicts(state, mood))
    .map((mood) => ({ state, mood })),
);

/** An offer doesn't ring at somebody silent or not ready, and nobody is away from nothing. */
function contradicts(state: string, mood: string): boolean {
  if (state === 'nothing' || state.startsWith('was')) return mood === 'customer away';
  return state.startsWith('rings at bo') && mood.startsWith('bo');
}

test.each(possible)(
  'I7: any command, when c1 $state ($mood), keeps everything agreed or is refused by name and changes nothing',
  ({ state, mood }) => {
    expect(disagreementsIn(worldOf(state, mood))).toEqual([]);
    for (const name of Object.keys(commands)) {
      const world = worldOf(state, mood);
      const before = new Map(world.streams);
      const [command, actor] = commands[name]!(world);
      const decision = world.ask(command, actor);
      expect(new Map(world.streams), `${name}: asking is not telling`).toEqual(before);
      if (decision.type === 'refused') {
        expect(refusals, name).toHaveProperty(decision.refusal);
        continue;
      }
      world.keep(decision);
      expect(disagreementsIn(world), name).toEqual([]);
      expect(world.interaction('c1')?.epoch ?? 0, name).toBeGreaterThanOrEqual(epochBefore(before));
      if (repeatable.has(name)) continue;
      expect(toldBy(world.ask(command, actor)), `${name}: the same again changes more`).toEqual([]);
    }
  },
);

const epochBefore = (streams: World['streams']): number => {
  const before = new World({});
  for (const [stream, folded] of streams) before.streams.set(stream, folded);
  return before.interaction('c1')?.epoch ?? 0;
};

const disagreementsIn = (world: World): string[] =>
  disagreements({
    interactions: ['c1', 'new-1'].flatMap((one) => world.interaction(one) ?? []),
    agents: ['bo', 'cy'].map((one) => world.agent(one)),
    limits: { limits: chatsOnly(4), ringsAtOnce: 1 },
  });

/** What bo and ana hear. `ok`: done, or already so. */
type Answer = RefusalName | 'ok';
const foreign = 'unknown-interaction';
const answers: Readonly<Record<string, readonly [string, Answer][]>> = {
  waits: [
    ['shown', 'offer-over'],
    ['accept', 'offer-over'],
    ['reject', 'offer-over'],
    ['post', foreign],
    ['end', foreign],
    ['mark done', foreign],
    ['post of ana', 'ok'],
    ['leave', 'ok'],
  ],
  'rings at cy': [
    ['shown', 'offer-over'],
    ['accept', 'offer-over'],
    ['accept with cy’s offer', 'offer-over'],
    ['reject', 'offer-over'],
    ['reject with cy’s offer', 'offer-over'],
    ['post', foreign],
    ['end', foreign],
  ],
  'is cy’s': [
    ['shown', 'offer-over'],
    ['accept', 'taken'],
    ['reject', 'offer-over'],
    ['post', foreign],
    ['end', foreign],
    ['mark done', foreign],
  ],
  'is bo’s': [
    ['shown', 'offer-over'],
    ['accept', 'ok'],
    ['reject', 'offer-over'],
    ['post', 'ok'],
    ['end', 'ok'],
    ['mark done', 'not-in-wrap-up'],
  ],
  'is wrapped up by bo': [
    ['shown', 'offer-over'],
    ['accept', 'ok'],
    ['reject', 'offer-over'],
    ['post', 'not-active'],
    ['end', 'ok'],
    ['mark done', 'ok'],
    ['post of ana', 'not-active'],
    ['leave', 'ok'],
  ],
  'is wrapped up by cy': [
    ['accept', 'taken'],
    ['post', foreign],
    ['mark done', foreign],
  ],
  'was done by bo': [
    ['shown', 'offer-over'],
    ['accept', 'offer-over'],
    ['reject', 'offer-over'],
    ['post', 'not-active'],
    ['end', 'ok'],
    ['mark done', 'ok'],
    ['post of ana', 'not-active'],
    ['leave', 'ok'],
  ],
  'was done by the system': [['mark done', 'ok']],
  'was abandoned': [
    ['shown', 'offer-over'],
    ['accept', 'offer-over'],
    ['reject', 'offer-over'],
    ['post', foreign],
    ['end', foreign],
    ['mark done', foreign],
    ['post of ana', 'not-active'],
    ['leave', 'ok'],
  ],
  'was lost by bo and waits': [
    ['accept', 'offer-over'],
    ['post', foreign],
    ['end', foreign],
    ['mark done', foreign],
  ],
  nothing: [
    ['accept', foreign],
    ['post', foreign],
    ['post of ana', foreign],
    ['leave', foreign],
  ],
};

const told = Object.entries(answers).flatMap(([state, rows]) =>
  rows.map(([name, answer]) => ({ state, name, answer })),
);

test.each(told)('I7: “$name” when c1 $state is answered: $answer', ({ state, name, answer }) => {
  const world = worldOf(state, 'here');
  const decision = world.ask(...commands[name]!(world));
  expect(decision.type === 'refused' ? decision.refusal : 'ok').toBe(answer);
});

test.each(Object.keys(cases))(
  'TRUST-4: a stranger among the customers learns nothing when c1 %s',
  (state) => {
    for (const name of ['post of eve', 'leave of eve']) {
      const world = worldOf(state, 'here');
      expect(world.ask(...commands[name]!(world))).toEqual({ type: 'refused', refusal: foreign });
    }
  },
);
