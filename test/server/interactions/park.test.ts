import { expect, test } from 'vitest';
import { loadOf } from '../../../server/agents/state.ts';
import { chatsOnly } from '../../channels.ts';
import {
  answer,
  ask,
  asked,
  conference,
  ended,
  inside,
  left,
  revoked,
  toAgent,
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
} from '../given.ts';
import {
  doneBy,
  id,
  markDone,
  on,
  ownerIs,
  park,
  pendingCleared,
  post,
  queued,
  ready,
  setStatus,
  signedIn,
  since,
  status,
  talking,
  unpark,
  unreachable,
  waiting,
  who,
} from '../stories.ts';

const talks = [...ready('bo'), ...talking('c1', 'bo')];
const HOUR = 3_600_000;
const until = START + HOUR;
const parked = [
  ...talks,
  chat('c1', { type: 'parked', agent: who('bo'), until }),
  agent('bo', { type: 'parked', interaction: id('c1'), until }),
];
/** The seq of `parked`. */
const PARKED = 6;
const gone = (reason: 'done' | 'replied') =>
  agent('bo', { type: 'revoked', interaction: id('c1'), epoch: 1, role: 'owner', reason });

test('END-7: parked, it frees capacity and stays its owner’s', () => {
  const world = given(talks);
  world
    .when(park('c1', HOUR), by('bo'))
    .thenTells(
      chat('c1', { type: 'parked', agent: who('bo'), until }),
      agent('bo', { type: 'parked', interaction: id('c1'), until }),
    );
  expect(loadOf(world.agent('bo'), 'chat')).toBe(0);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'parked', owner: 'bo' });
  world.when(park('c1', 2 * HOUR), by('bo')).thenNothing();
});

test.each([null, 30 * 24 * HOUR])(
  'END-7: no longer than the queue allows: asked for %s',
  (forMs) => {
    const world = givenIn({ queue: { parkMs: 24 * HOUR } }, talks);
    world.when(park('c1', forMs), by('bo'));
    expect(world.interaction('c1')?.status).toMatchObject({ until: START + 24 * HOUR });
  },
);

test('END-7: only what is active is parked, and only by its owner', () => {
  given(waiting('c1')).when(park('c1'), by('bo')).thenRefused('unknown-interaction');
  given(talks).when(park('c1'), by('cy')).thenRefused('unknown-interaction');
  given(talks).when(on('end', 'c1'), by('bo')).when(park('c1'), by('bo')).thenRefused('not-active');
});

test('END-7: a workbin has its limit', () => {
  const many = Array.from({ length: 41 }, (_, n) => `c${n}`);
  const world = given(ready('bo'));
  for (const one of many) {
    for (const told of talking(one, 'bo')) world.tell(told);
    world.when(park(one), by('bo'));
  }
  expect(world.ask(park('c40'), by('bo'))).toEqual({ type: 'refused', refusal: 'workbin-full' });
  expect(world.interaction('c40')?.status.name).toBe('active');
});

test('STATE-4, END-7: what was pending happens when the last one is parked', () => {
  const world = given(talks).when(setStatus('not-ready', 'lunch'), by('bo'));
  world
    .when(park('c1', HOUR), by('bo'))
    .thenTells(
      chat('c1', { type: 'parked', agent: who('bo'), until }),
      agent(
        'bo',
        { type: 'parked', interaction: id('c1'), until },
        status('ready', 'not-ready', 'lunch', 'agent'),
        pendingCleared(),
      ),
    );
});

test('END-7, STATE-9: a workbin doesn’t keep its agent from signing out', () => {
  const world = given(parked).when({ type: 'sign-out' }, by('bo'));
  expect(world.agent('bo').desk).toBe(null);
  expect(world.agent('bo').assignments).toMatchObject({ c1: { phase: 'parked' } });
});

test('END-7: neither the customer’s absence nor the agent’s ends it', () => {
  const world = given(parked);
  world
    .when(on('customer-gone', 'c1'), bySystem)
    .thenTells(chat('c1', { type: 'customer-away', leftAt: START + 600_000 }));
  world
    .pass(600_000)
    .when(since('customer-left', 'c1', PARKED + 1), bySystem)
    .thenNothing();
  world
    .tell(unreachable('bo'))
    .when(ownerIs('lost', 'c1', 'bo', world), bySystem)
    .thenNothing();
  expect(world.interaction('c1')?.status.name).toBe('parked');
});

test('END-7: the customer’s reply brings it back, first to the same agent, with an age from now', () => {
  given(parked, later(60_000))
    .when(post('c1', 'I found it'), byCustomer())
    .thenTells(
      chat(
        'c1',
        { type: 'unparked', agent: who('bo'), by: 'reply' },
        saying({ type: 'message-posted', author: { kind: 'customer' } }, { text: 'I found it' }),
        queued('replied', {
          enqueuedAt: START + 60_000,
          preferred: who('bo'),
          preferredUntil: START + 75_000,
        }),
      ),
      gone('replied'),
    );
});

test('END-7, CHAT-12: a reply whose customer isn’t told here again leaves them the whole time to come', () => {
  const world = given(parked)
    .when(on('customer-gone', 'c1'), bySystem)
    .pass(HOUR / 2)
    .when(post('c1', 'I found it'), byCustomer());
  const state = world.interaction('c1');
  expect(state?.status.name).toBe('queued');
  expect(state?.presence).toEqual({
    name: 'away',
    since: PARKED + 3,
    leftAt: START + HOUR / 2 + 600_000,
  });
  world.when(since('customer-left', 'c1', PARKED + 1), bySystem).thenNothing();
});

test('END-7: its agent can’t write into what is parked; taken out of the workbin it goes on', () => {
  const world = given(parked);
  world.when(post('c1'), by('bo')).thenRefused('not-active');
  world
    .when(unpark('c1'), by('bo'))
    .thenTells(
      chat('c1', { type: 'unparked', agent: who('bo'), by: 'agent' }),
      agent('bo', { type: 'unparked', interaction: id('c1') }),
    );
  world.when(unpark('c1'), by('bo')).thenNothing();
  world.when(post('c1'), by('bo'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'bo', epoch: 1 });
});

test('END-7, CHAT-12: a customer who is away has the whole time again to come back', () => {
  const away = chat('c1', { type: 'customer-away', leftAt: START + 600_000 });
  given(parked, away, later(HOUR))
    .when(unpark('c1'), by('bo'))
    .thenTells(
      chat(
        'c1',
        { type: 'unparked', agent: who('bo'), by: 'agent' },
        { type: 'customer-away', leftAt: START + HOUR + 600_000 },
      ),
      agent('bo', { type: 'unparked', interaction: id('c1') }),
    );
});

test('CAP-3, END-7: an agent may take one out beyond the limit, but never beyond twelve chats', () => {
  const chats = Array.from({ length: 12 }, (_, n) => talking(`c${n + 2}`, 'bo')).flat();
  given(parked, chats).when(unpark('c1'), by('bo')).thenRefused('no-room');
  const one = givenIn({ agent: { limits: chatsOnly(1) } }, parked, talking('c2', 'bo'));
  one.when(unpark('c1'), by('bo'));
  expect(loadOf(one.agent('bo'), 'chat')).toBe(2);
});

test('END-7: at the end of its time the system marks it done', () => {
  const world = givenIn({ queue: { dispositionRequired: true } }, parked, later(HOUR));
  world.when(since('park-over', 'c1', PARKED - 1), bySystem).thenNothing();
  world
    .when(since('park-over', 'c1', PARKED), bySystem)
    .thenTells(
      chat(
        'c1',
        { type: 'unparked', agent: who('bo'), by: 'system' },
        doneBy('system', { incomplete: true }),
      ),
      gone('done'),
    );
});

test('END-1, END-7, END-9: a customer who leaves what is parked ends it; its owner may still say how it went', () => {
  const world = given(parked);
  world
    .when(on('leave', 'c1'), byCustomer())
    .thenTells(
      chat('c1', { type: 'ended', by: 'customer', wrapUpUntil: null }, doneBy('system')),
      gone('done'),
    );
  world.when(markDone('c1', ['answered']), by('bo'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'done', by: 'agent' });
});

test('END-7: nothing comes out of a workbin that isn’t in it', () => {
  given(talks).when(unpark('c1'), by('bo')).thenNothing();
  given(talks)
    .when(on('end', 'c1'), by('bo'))
    .when(unpark('c1'), by('bo'))
    .thenRefused('not-parked');
});

test('HAND-7, END-7: with what is parked everybody beside its owner goes, and whatever was asked is over', () => {
  const asks = [
    ...ready('ed'),
    ...asked('transfer', 'ed'),
    ...ready('flo'),
    ...asked('join', 'flo', 2),
  ];
  const own = { agent: who('cy'), until: START + 30_000 };
  const world = given(
    ready('bo'),
    ready('cy'),
    ready('di'),
    signedIn('sue'),
    conference,
    inside('di', 3, 'consultant'),
    inside('sue', 4, 'monitor'),
    asks,
  )
    .when(park('c1', HOUR), by('bo'))
    .thenTells(
      chat(
        'c1',
        ended('transfer', 'ed', 'over').chat,
        ended('join', 'flo', 'over', 2).chat,
        left('cy', 'ended'),
        { type: 'own-wrap-up-started', ...own },
        left('di', 'ended', 'consultant'),
        { ...left('sue', 'ended'), role: 'monitor' },
        { type: 'parked', agent: who('bo'), until },
      ),
      agent('ed', ended('transfer', 'ed', 'over').agent),
      agent('flo', ended('join', 'flo', 'over', 2).agent),
      agent('cy', revoked(2, 'guest', 'ended'), {
        type: 'own-wrap-up-started',
        interaction: id('c1'),
        channel: 'chat',
        until: own.until,
      }),
      agent('di', revoked(3, 'consultant', 'ended')),
      agent('sue', revoked(4, 'monitor', 'ended')),
      agent('bo', { type: 'parked', interaction: id('c1'), until }),
    );
  world.when(answer('accept-request'), by('ed')).thenRefused('request-over');
  world.when(post('c1'), by('cy')).thenRefused('unknown-interaction');
  world.when(unpark('c1'), by('bo'));
  expect(world.interaction('c1')).toMatchObject({ members: [], requests: [] });
});

test('HAND-2, END-7: nobody is asked about what is parked', () => {
  const world = given(parked, ready('cy'));
  world.when(toAgent('cy'), by('bo')).thenRefused('not-active');
  world.when(ask('cy'), by('bo')).thenRefused('not-active');
});
