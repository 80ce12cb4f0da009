import { expect, test } from 'vitest';
import type { QueueId, TeamId } from '../../../protocol/ids.ts';
import type { RefusalName } from '../../../protocol/refusals.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import {
  answer,
  ask,
  asked,
  conference,
  ended,
  facts,
  granted,
  inside,
  left,
  ownerChanged,
  request,
  revoked,
  toAgent,
  transferTo,
  UNTIL,
} from '../colleagues.ts';
import {
  agent,
  by,
  byCustomer,
  bySystem,
  chat,
  given,
  givenIn,
  later,
  START,
  saying,
  type Told,
} from '../given.ts';
import {
  on,
  queue,
  queued,
  ready,
  setStatus,
  signedIn,
  talking,
  unreachable,
  who,
  wrapping,
} from '../stories.ts';

const people = [...ready('bo'), ...ready('cy'), ...ready('di')];
const bos = [...people, ...talking('c1', 'bo')];
const toOrders = transferTo({ kind: 'queue', queue });

test('HAND-2: a transfer to a queue is at once; age kept, priority one step up, last to who gave it away', () => {
  given(bos, later(5_000))
    .when(toOrders, by('bo'))
    .thenTells(
      chat(
        'c1',
        { type: 'transferred', from: who('bo'), to: { kind: 'queue', queue } },
        queued('transferred', {
          priority: 6,
          skipped: [{ agent: who('bo'), until: START + 65_000 }],
        }),
      ),
      agent('bo', revoked(1, 'owner', 'transferred')),
    );
});

test('HAND-2: a transfer to a team keeps the queue and says whom it is meant for', () => {
  const to = { kind: 'team', team: 'returns' as TeamId } as const;
  const world = given(bos).when(transferTo(to), by('bo'));
  expect(world.interaction('c1')).toMatchObject({ queue, target: to, status: { name: 'queued' } });
  given(bos)
    .when(transferTo({ kind: 'skill', skill: 'latin' as never }), by('bo'))
    .thenRefused('unknown-target');
  given(bos)
    .when(transferTo({ kind: 'queue', queue: 'gone' as never }), by('bo'))
    .thenRefused('unknown-queue');
});

test('HAND-2: a transfer to a queue that takes no chats is refused, and it stays where it is', () => {
  const settings = { queues: ['orders', 'claims'], channelsOf: { claims: ['work-item'] } } as const;
  const to = { kind: 'queue', queue: 'claims' as QueueId } as const;
  const world = givenIn(settings, bos).when(transferTo(to), by('bo'));
  world.thenRefused('channel-not-taken');
  expect(world.interaction('c1')).toMatchObject({ queue, status: { name: 'active', owner: 'bo' } });
});

test('HAND-2: a transfer to an agent is a request; the owner keeps serving', () => {
  const parcel = { note: 'wants her money', draft: 'Dear A', dispositions: ['refunded'] };
  const command = transferTo({ kind: 'agent', agent: who('cy') }, parcel);
  const world = given(bos).when(command, by('bo'));
  const asks = { ...facts('transfer'), request: 'new-1' as never };
  world.thenTells(
    chat(
      'c1',
      saying(
        {
          type: 'requested',
          request: 'new-1' as never,
          kind: 'transfer',
          from: who('bo'),
          to: who('cy'),
          toName: 'cy',
          until: UNTIL,
          supervisor: false,
        },
        { note: 'wants her money', draft: 'Dear A', dispositions: 'refunded' },
      ),
    ),
    agent(
      'cy',
      saying({ type: 'request-made', ...asks }, { name: 'Ana', note: 'wants her money' }),
    ),
  );
  world.when({ type: 'post', interaction: 'c1' as never, text: 'One moment' }, by('bo'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'bo' });
});

test('HAND-2, HAND-4: accepted, it is the colleague’s in one step, and the sender’s part ends once', () => {
  given(bos, asked('transfer', 'cy'))
    .when(answer('accept-request'), by('cy'))
    .thenTells(
      chat('c1', ended('transfer', 'cy', 'accepted').chat, ownerChanged('cy', 2, 'transferred')),
      agent('cy', ended('transfer', 'cy', 'accepted').agent, granted(2, 'owner')),
      agent('bo', revoked(1, 'owner', 'transferred')),
    )
    .thenBlanks('cy', 5);
});

test('HAND-2: the colleague needn’t be ready, and a no is no RONA', () => {
  const world = given(ready('bo'), signedIn('cy'), talking('c1', 'bo'), asked('transfer', 'cy'))
    .when(answer('reject-request'), by('cy'))
    .thenTells(
      chat('c1', ended('transfer', 'cy', 'rejected').chat),
      agent('cy', ended('transfer', 'cy', 'rejected').agent),
    );
  expect(world.agent('cy').channels.chat.status).toBe('not-ready');
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'bo' });
});

test('HAND-2: unanswered it expires with its time, not before, and is no RONA', () => {
  const world = given(bos, asked('transfer', 'cy'), later(44_999));
  world.when(answer('request-expired'), bySystem).thenNothing();
  world
    .pass(1)
    .when(answer('request-expired'), bySystem)
    .thenTells(
      chat('c1', ended('transfer', 'cy', 'expired').chat),
      agent('cy', ended('transfer', 'cy', 'expired').agent),
    );
  expect(world.agent('cy').channels.chat.status).toBe('ready');
});

test('HAND-2: who signs out or is lost with a request open can’t answer, and the owner hears so at once', () => {
  for (const [command, actor] of [
    [{ type: 'agent-silent', agent: who('cy') }, bySystem],
    [{ type: 'sign-out' }, by('cy')],
  ] as [Command, Actor][]) {
    const world = given(bos, asked('transfer', 'cy')).when(command, actor);
    expect(world.interaction('c1')?.requests).toEqual([]);
    expect(world.agent('cy').requests).toEqual({});
    expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'bo' });
  }
});

test('HAND-2: transfer: immediate asks nobody', () => {
  givenIn({ queue: { transfer: 'immediate' } }, bos)
    .when(toAgent('cy'), by('bo'))
    .thenTells(
      chat(
        'c1',
        { type: 'transferred', from: who('bo'), to: { kind: 'agent', agent: who('cy') } },
        ownerChanged('cy', 2, 'transferred'),
      ),
      agent('bo', revoked(1, 'owner', 'transferred')),
      agent('cy', granted(2, 'owner')),
    );
});

test.each<['on-acceptance' | 'immediate']>([['on-acceptance'], ['immediate']])(
  'HAND-2: who can’t be reached can’t get it (%s)',
  (transfer) => {
    givenIn({ queue: { transfer } }, bos, unreachable('cy'))
      .when(toAgent('cy'), by('bo'))
      .thenRefused('not-reachable');
    givenIn({ queue: { transfer } }, bos)
      .when(toAgent('nobody'), by('bo'))
      .thenRefused('unknown-agent');
    givenIn({ queue: { transfer } }, bos)
      .when(toAgent('bo'), by('bo'))
      .thenRefused('already-inside');
  },
);

test('HAND-4: the sender gets a wrap-up of their own if the queue asks for it', () => {
  const until = START + 20_000;
  const world = givenIn({ queue: { senderWrapUpMs: 20_000 } }, bos)
    .when(toOrders, by('bo'))
    .thenTells(
      chat(
        'c1',
        { type: 'transferred', from: who('bo'), to: { kind: 'queue', queue } },
        queued('transferred', {
          priority: 6,
          skipped: [{ agent: who('bo'), until: START + 60_000 }],
        }),
        { type: 'own-wrap-up-started', agent: who('bo'), until },
      ),
      agent('bo', revoked(1, 'owner', 'transferred'), {
        type: 'own-wrap-up-started',
        interaction: 'c1' as never,
        channel: 'chat',
        until,
      }),
    );
  world.when({ type: 'sign-out' }, by('bo')).thenRefused('still-owning');
  world
    .when({ type: 'finish-own-wrap-up', interaction: 'c1' as never, note: 'kind' }, by('bo'))
    .thenTells(
      chat(
        'c1',
        saying({ type: 'own-wrap-up-ended', agent: who('bo'), by: 'agent' }, { note: 'kind' }),
      ),
      agent('bo', { type: 'own-wrap-up-ended', interaction: 'c1' as never, by: 'agent' }),
    );
  world
    .when({ type: 'finish-own-wrap-up', interaction: 'c1' as never, note: '' }, by('bo'))
    .thenRefused('not-in-wrap-up');
});

test('HAND-4: an own wrap-up ends by itself, and only the one that it was', () => {
  const settings = { queue: { senderWrapUpMs: 20_000 } };
  const world = givenIn(settings, bos).when(toOrders, by('bo'));
  const over = (since: number): Command => ({
    type: 'own-wrap-up-over',
    interaction: 'c1' as never,
    agent: who('bo'),
    since,
  });
  world.when(over(1), bySystem).thenNothing();
  world.when(over(world.agent('bo').ownWrapUps.c1!.since), bySystem);
  expect(world.agent('bo').ownWrapUps).toEqual({});
  expect(world.interaction('c1')?.ownWrapUps).toEqual([]);
});

test('STATE-4: an own wrap-up ends on its own channel, though its interaction is back as a work item', () => {
  const until = START + 20_000;
  const interaction = 'c1' as never;
  const world = given(bos)
    .tell(chat('c1', { type: 'own-wrap-up-started', agent: who('bo'), until }))
    .tell(
      agent(
        'bo',
        revoked(1, 'owner', 'transferred'),
        { type: 'own-wrap-up-started', interaction, channel: 'chat', until },
        { ...granted(2, 'owner'), interaction, channel: 'work-item' },
      ),
    )
    .when(setStatus('not-ready', 'lunch'), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'ready', pending: {} });
  world.when({ type: 'finish-own-wrap-up', interaction, note: '' }, by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'not-ready', pending: null });
});

test('CAP-3: a transfer may exceed the limit, never twelve', () => {
  const held = (n: number): Told[] =>
    Array.from({ length: n }, (_, i) =>
      agent('cy', { ...granted(1, 'owner'), interaction: `x${i}` as never }),
    );
  given(bos, held(11), asked('transfer', 'cy')).when(answer('accept-request'), by('cy'));
  given(bos, held(12), asked('transfer', 'cy'))
    .when(answer('accept-request'), by('cy'))
    .thenRefused('no-room');
});

test('HAND-2: five may be asked at once, each once', () => {
  const crowd = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].flatMap((name) => ready(`${name}x`));
  const world = given(bos, crowd);
  for (const name of ['c1x', 'c2x', 'c3x', 'c4x', 'c5x']) world.when(ask(name), by('bo'));
  world.when(ask('c6x'), by('bo')).thenRefused('too-many-requests');
  world.when(ask('c5x', 'consult'), by('bo')).thenRefused('already-asked');
});

test('HAND-6: six are a conference, the seventh is one too many', () => {
  const names = ['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => `${name}x`);
  const full = names.flatMap((name, n) => [...ready(name), ...inside(name, n + 2)]);
  given(bos, full).when(ask('cy'), by('bo')).thenRefused('conference-full');
});

/** How things stand with the request when the answer comes: who hears what. */
const races: readonly (readonly [
  string,
  readonly [Command, Actor],
  Readonly<Record<string, RefusalName | 'ok'>>,
])[] = [
  [
    'accepted',
    [answer('accept-request'), by('cy')],
    { accept: 'request-over', reject: 'request-over', cancel: 'unknown-interaction', expire: 'ok' },
  ],
  [
    'rejected',
    [answer('reject-request'), by('cy')],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
  [
    'cancelled',
    [answer('cancel-request'), by('bo')],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
  [
    'expired',
    [answer('request-expired'), bySystem],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
  [
    'over: the customer has left',
    [on('leave', 'c1'), byCustomer()],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
  [
    'over: it was ended',
    [on('end', 'c1'), by('bo')],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
  [
    'over: it went to a queue',
    [toOrders, by('bo')],
    { accept: 'request-over', reject: 'request-over', cancel: 'unknown-interaction', expire: 'ok' },
  ],
  [
    'unreachable: the colleague is lost',
    [{ type: 'agent-silent', agent: who('cy') }, bySystem],
    { accept: 'request-over', reject: 'request-over', cancel: 'request-over', expire: 'ok' },
  ],
];
const late: Readonly<Record<string, readonly [Command, Actor]>> = {
  accept: [answer('accept-request'), by('cy')],
  reject: [answer('reject-request'), by('cy')],
  cancel: [answer('cancel-request'), by('bo')],
  expire: [answer('request-expired'), bySystem],
};

test.each(
  races.flatMap(([how, first, answers]) =>
    Object.entries(answers).map(([second, hears]) => ({ how, first, second, hears })),
  ),
)('I7, HAND-2: $second after it was $how changes nothing and hears: $hears', (race) => {
  const world = given(bos, asked('transfer', 'cy'), later(45_000)).when(...race.first);
  const before = new Map(world.streams);
  const decision = world.ask(...late[race.second]!);
  world.keep(decision);
  expect(decision.type === 'refused' ? decision.refusal : 'ok').toBe(race.hears);
  expect(new Map(world.streams)).toEqual(before);
});

test('I7, HAND-2: a request is answered by whom it is to, and cancelled by who may', () => {
  const world = given(bos, asked('transfer', 'cy'));
  world.when(answer('accept-request'), by('di')).thenRefused('request-over');
  world.when(answer('reject-request'), by('di')).thenRefused('request-over');
  world.when(answer('cancel-request'), by('di')).thenRefused('unknown-interaction');
  given(conference, asked('join', 'di'), people)
    .when(answer('cancel-request'), by('cy'))
    .thenRefused('not-allowed');
});

test('HAND-2: who takes it over ends what the sender had asked others', () => {
  const world = given(bos, asked('transfer', 'cy'), asked('join', 'di', 2)).when(
    answer('accept-request'),
    by('cy'),
  );
  expect(world.interaction('c1')?.requests).toEqual([]);
  world.when(answer('accept-request', 2), by('di')).thenRefused('request-over');
});

test('HAND-2, HAND-6: guests stay with who takes over, those who were consulted go', () => {
  const world = given(
    conference,
    people,
    inside('di', 3, 'consultant'),
    ready('ed'),
    asked('transfer', 'ed'),
  );
  world
    .when(answer('accept-request'), by('ed'))
    .thenTells(
      chat(
        'c1',
        ended('transfer', 'ed', 'accepted').chat,
        left('di', 'ended', 'consultant'),
        ownerChanged('ed', 4, 'transferred'),
      ),
      agent('ed', ended('transfer', 'ed', 'accepted').agent, granted(4, 'owner')),
      agent('di', revoked(3, 'consultant', 'ended')),
      agent('bo', revoked(1, 'owner', 'transferred')),
    );
  expect(world.interaction('c1')?.members.map((one) => one.agent)).toEqual(['cy']);
});

test('HAND-2: in wrap-up there is nothing to give away', () => {
  given(people, wrapping('c1', 'bo')).when(toOrders, by('bo')).thenRefused('not-active');
  given(people, wrapping('c1', 'bo')).when(ask('cy'), by('bo')).thenRefused('not-active');
  given(bos)
    .when(transferTo({ kind: 'queue', queue }, { dispositions: ['nonsense'] }), by('bo'))
    .thenRefused('unknown-disposition');
  expect(request()).toBe('request-1');
});
