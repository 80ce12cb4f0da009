import { expect, test } from 'vitest';
import { agent, by, byCustomer, bySystem, chat, given, later, START, saying } from '../given.ts';
import {
  abandoned,
  done,
  offerEnded,
  on,
  ownerIs,
  post,
  queued,
  ready,
  ringing,
  since,
  talking,
  unreachable,
  waiting,
  who,
  wrapping,
} from '../stories.ts';

const byCustomerPosted = { type: 'message-posted', author: { kind: 'customer' } } as const;

test.each([
  ['waits', waiting('c1')],
  ['rings', [...ready('bo'), ...ringing('c1', 'bo')]],
  ['is talked about', [...ready('bo'), ...talking('c1', 'bo')]],
])('the customer may write while it %s; the text stands beside the event', (_, history) => {
  given(history)
    .when(post('c1', 'Hello'), byCustomer())
    .thenTells(chat('c1', saying(byCustomerPosted, { text: 'Hello' })));
});

test.each([
  ['is wrapped up', [...ready('bo'), ...wrapping('c1', 'bo')]],
  ['is done', [...ready('bo'), ...done('c1', 'bo')]],
])('nobody writes any more once it %s', (_, history) => {
  given(history).when(post('c1'), byCustomer()).thenRefused('not-active');
  given(history).when(post('c1'), by('bo')).thenRefused('not-active');
});

test('the owner writes under the name that the customer sees', () => {
  const author = { kind: 'agent', agent: who('bo'), name: 'bo' } as const;
  given(ready('bo'), talking('c1', 'bo'))
    .when(post('c1', 'Hi'), by('bo'))
    .thenTells(chat('c1', saying({ type: 'message-posted', author }, { text: 'Hi' })));
});

test.each([
  ['of a colleague', [...ready('bo'), ...ready('cy'), ...talking('c1', 'bo')]],
  ['that only rings at them', [...ready('cy'), ...ringing('c1', 'cy')]],
  ['that waits', [...ready('cy'), ...waiting('c1')]],
  ['that does not exist', ready('cy')],
])('TRUST-4: an agent does not write into an interaction %s', (_, history) => {
  given(history).when(post('c1'), by('cy')).thenRefused('unknown-interaction');
});

test('CHAT-12: with the last tab closed the customer is away at once and counts as left after 600 s', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), later(10_000));
  world
    .when(on('customer-gone', 'c1'), bySystem)
    .thenTells(chat('c1', { type: 'customer-away', leftAt: START + 610_000 }));
  world.pass(5_000).when(on('customer-gone', 'c1'), bySystem).thenNothing();
  world
    .when(on('customer-back', 'c1'), bySystem)
    .thenTells(chat('c1', { type: 'customer-returned' }));
  world.when(on('customer-back', 'c1'), bySystem).thenNothing();
  expect(world.interaction('c1')?.status.name).toBe('active');
});

test('CHAT-12, END-1: a customer who was away too long has left, and the owner goes to wrap-up', () => {
  const world = given(ready('bo'), talking('c1', 'bo')).when(on('customer-gone', 'c1'), bySystem);
  world
    .pass(600_000)
    .when(since('customer-left', 'c1', world.seq('interaction:c1' as never)), bySystem)
    .thenTells(
      chat('c1', { type: 'ended', by: 'customer-left', wrapUpUntil: START + 660_000 }),
      agent('bo', { type: 'wrap-up-started', interaction: 'c1' as never, blocks: false }),
    );
});

test('CHAT-12, OFFER-7: a customer who was away too long while waiting has gone; what rings is taken back', () => {
  const ended = offerEnded('c1', 'bo', 'abandoned');
  const world = given(ready('bo'), ringing('c1', 'bo')).when(on('customer-gone', 'c1'), bySystem);
  world
    .when(since('customer-left', 'c1', world.seq('interaction:c1' as never)), bySystem)
    .thenTells(
      chat('c1', ended.chat, { type: 'abandoned', by: 'customer-left' }),
      agent('bo', ended.agent),
    );
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test('CHAT-12: a customer who came back, even if away again since, has not left', () => {
  const world = given(ready('bo'), talking('c1', 'bo')).when(on('customer-gone', 'c1'), bySystem);
  const first = since('customer-left', 'c1', world.seq('interaction:c1' as never));
  world.when(on('customer-back', 'c1'), bySystem).when(first, bySystem).thenNothing();
  world.when(on('customer-gone', 'c1'), bySystem).when(first, bySystem).thenNothing();
  expect(world.interaction('c1')?.status.name).toBe('active');
});

test.each([
  ['wrap-up', [...ready('bo'), ...wrapping('c1', 'bo')]],
  ['the end', [...ready('bo'), ...done('c1', 'bo')]],
  ['having left', abandoned('c1')],
])('CHAT-12: after %s nobody cares whether the customer is there', (_, history) => {
  given(history).when(on('customer-gone', 'c1'), bySystem).thenNothing();
  given(history).when(on('customer-back', 'c1'), bySystem).thenNothing();
});

test('STATE-8: the customer is told that the agent is away, and that they are back; each once', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), unreachable('bo'));
  const away = ownerIs('away', 'c1', 'bo', world);
  world.when(away, bySystem).thenTells(chat('c1', { type: 'owner-away', agent: who('bo') }));
  world.when(away, bySystem).thenNothing();
  const back = { type: 'owner-back', interaction: 'c1' as never, agent: who('bo') } as const;
  world.tell(agent('bo', { type: 'reachable' }));
  world.when(back, bySystem).thenTells(chat('c1', { type: 'owner-returned', agent: who('bo') }));
  world.when(back, bySystem).thenNothing();
});

test('STATE-8: what a lost agent owned goes to the head of the queue with its age, preferring the same agent', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), unreachable('bo'), later(120_000));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem).thenTells(
    chat(
      'c1',
      { type: 'owner-lost', agent: who('bo') },
      queued('owner-lost', { enqueuedAt: START, preferred: who('bo') }),
    ),
    agent('bo', {
      type: 'revoked',
      interaction: 'c1' as never,
      epoch: 1,
      role: 'owner',
      reason: 'owner-lost',
    }),
  );
  expect(world.interaction('c1')).toMatchObject({ returned: true, ownerAway: false });
  expect(world.agent('bo').assignments).toEqual({});
});

test('STATE-8: they are preferred as long as it waits, whoever it was kept for before', () => {
  const kept = queued('started', { preferred: who('di'), preferredUntil: START + 15_000 });
  const world = given(ready('bo'), waiting('c1'), chat('c1', kept))
    .when({ type: 'pick', interaction: 'c1' as never }, by('bo'))
    .tell(unreachable('bo'))
    .pass(120_000);
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem);
  expect(world.interaction('c1')).toMatchObject({ preferred: 'bo', preferredUntil: null });
});

test.each(['away', 'lost'] as const)(
  'STATE-8: an agent who is back, even if gone again since, is not %s',
  (what) => {
    const world = given(ready('bo'), talking('c1', 'bo'), unreachable('bo'));
    const first = ownerIs(what, 'c1', 'bo', world);
    world.tell(agent('bo', { type: 'reachable' }));
    world.when(first, bySystem).thenNothing();
    world.tell(unreachable('bo'));
    world.when(first, bySystem).thenNothing();
    expect(world.interaction('c1')?.status.name).toBe('active');
  },
);
