import { expect, test } from 'vitest';
import type { Command } from '../../../server/interactions/command.ts';
import { agent, byCustomer, bySystem, chat, given, givenIn, START, saying } from '../given.ts';
import {
  id,
  offerOf,
  on,
  queue,
  queued,
  ready,
  ringing,
  since,
  start,
  talking,
  waiting,
  who,
} from '../stories.ts';

const message = (interaction: string | null, rest: object = {}): Command =>
  ({
    type: 'leave-message',
    interaction: interaction === null ? null : id(interaction),
    queue,
    language: 'en',
    email: 'ana@example.org',
    text: 'Please write to me.',
    ...rest,
  }) as Command;

const words = saying(
  { type: 'message-posted', author: { kind: 'customer' } },
  { text: 'Please write to me.' },
);

test('ROUTE-6: a closed queue lets nobody in, but takes a message that waits as an e-mail', () => {
  const world = givenIn({ isOpen: () => false });
  world.when(start(), byCustomer()).thenRefused('queue-closed');
  world
    .when(message(null), byCustomer())
    .thenTells(
      chat(
        'new-2',
        saying(
          { type: 'started', channel: 'email', customer: 'ana' as never, queue, language: 'en' },
          { email: 'ana@example.org' },
        ),
        words,
        queued('message-left', { enqueuedAt: START }),
      ),
    );
});

test('ROUTE-6: a message that was begun while it was closed is taken when it has opened meanwhile', () => {
  const world = givenIn({ isOpen: () => true }, ready('bo')).when(message(null), byCustomer());
  expect(world.interaction('new-1')).toMatchObject({
    legs: [{ channel: 'email' }],
    status: { name: 'queued' },
  });
});

test('ROUTE-6: who waits may leave a message instead and keeps place and age', () => {
  const world = given(waiting('c1')).when(message('c1'), byCustomer());
  world.thenTells(
    chat(
      'c1',
      saying({ type: 'message-left' }, { email: 'ana@example.org' }),
      words,
      queued('message-left'),
    ),
  );
  expect(world.interaction('c1')).toMatchObject({
    status: { name: 'queued' },
    enqueuedAt: START,
    legs: [{ channel: 'chat' }, { channel: 'email' }],
  });
});

test('ROUTE-6: while it rings the offer is rescinded, nobody is punished', () => {
  const world = given(ready('bo'), ringing('c1', 'bo')).when(message('c1'), byCustomer());
  world.thenTells(
    chat(
      'c1',
      { type: 'offer-ended', offer: offerOf('c1'), agent: who('bo'), outcome: 'rescinded' },
      saying({ type: 'message-left' }, { email: 'ana@example.org' }),
      words,
      queued('message-left'),
    ),
    agent('bo', {
      type: 'offer-ended',
      offer: offerOf('c1'),
      interaction: id('c1'),
      outcome: 'rescinded',
    }),
  );
});

test('ROUTE-6: the customer’s absence never ends a message, nor does leaving', () => {
  const world = given(waiting('c1')).when(message('c1'), byCustomer());
  world.when(on('customer-gone', 'c1'), bySystem).thenNothing();
  world.when(since('customer-left', 'c1', 3), bySystem).thenNothing();
  world.when(on('leave', 'c1'), byCustomer()).thenNothing();
  expect(world.interaction('c1')?.status.name).toBe('queued');
});

test('ROUTE-6: a message needs somewhere to answer to', () => {
  given(waiting('c1'))
    .when(message('c1', { email: ' ' }), byCustomer())
    .thenRefused('address-missing');
  given().when(message(null, { email: undefined, phone: '+55 11 91234 5678' }), byCustomer());
});

test('ROUTE-6: not in a queue that takes none, not twice, and not in the middle of a talk', () => {
  givenIn({ queue: { leaveMessage: false } })
    .when(message(null), byCustomer())
    .thenRefused('takes-no-messages');
  given(waiting('c1'))
    .when(message('c1'), byCustomer())
    .when(message('c1'), byCustomer())
    .thenRefused('message-waiting');
  given(talking('c1', 'bo')).when(message('c1'), byCustomer()).thenRefused('not-waiting');
});

test('ROUTE-6: nobody turns the interaction of another into a message', () => {
  given(waiting('c1')).when(message('c1'), byCustomer('eve')).thenRefused('unknown-interaction');
});

test('ROUTE-4: who was served within 24 h is kept for the same agent for 15 s', () => {
  const lastOwner = { agent: who('bo'), at: START - 24 * 3_600_000 };
  givenIn({ lastOwner }).when(start(), byCustomer());
  const world = givenIn({ lastOwner }).when(start(), byCustomer());
  expect(world.interaction('new-1')).toMatchObject({
    preferred: 'bo',
    preferredUntil: START + 15_000,
  });
});

test.each([
  ['longer ago', {}, 1],
  ['where the queue wants it so', { preferredMs: 0 }, 0],
])('ROUTE-4: not %s', (_, policy, more) => {
  const lastOwner = { agent: who('bo'), at: START - 24 * 3_600_000 - more };
  const world = givenIn({ lastOwner, queue: policy }).when(start(), byCustomer());
  expect(world.interaction('new-1')).toMatchObject({ preferred: null, preferredUntil: null });
});

test('ROUTE-4: a message that is left comes to who served them last', () => {
  const lastOwner = { agent: who('bo'), at: START - 3_600_000 };
  const world = givenIn({ lastOwner }).when(message(null), byCustomer());
  expect(world.interaction('new-1')).toMatchObject({
    preferred: 'bo',
    preferredUntil: START + 15_000,
  });
});
