import { expect, test } from 'vitest';
import { by, byCustomer, chat, given, givenIn, START, saying } from '../given.ts';
import { queue, queued, start, who } from '../stories.ts';

const started = {
  type: 'started',
  channel: 'chat',
  customer: 'ana' as never,
  queue,
  language: 'en',
} as const;

test('an interaction begins and waits in its queue at once, with the queue’s priority', () => {
  givenIn({ queue: { priority: 8 } })
    .when(start(), byCustomer())
    .thenTells(
      chat('new-1', saying(started, {}), queued('started', { priority: 8, enqueuedAt: START })),
    );
});

test('what the customer filled in stands beside the event, never in it; empty fields do not', () => {
  const words = { name: 'Ana', email: ' ', phone: '', subject: 'Order 1042' };
  const world = given().when({ ...start(), ...words }, byCustomer());
  world.thenTells(
    chat('new-1', saying(started, { name: 'Ana', subject: 'Order 1042' }), queued('started')),
  );
  expect(JSON.stringify(world.interaction('new-1'))).not.toContain('1042');
});

test('nothing starts in a queue that does not exist', () => {
  given()
    .when({ ...start(), queue: 'nowhere' as never }, byCustomer())
    .thenRefused('unknown-queue');
});

test('an agent starts nothing through this door', () => {
  given()
    .when(start(), by(who('bo')))
    .thenRefused('not-allowed');
});

test('ROUTE-6: a chat begins only where chats may wait, whoever names the queue', () => {
  givenIn({ queue: { channels: ['work-item'] } })
    .when(start(), byCustomer())
    .thenRefused('unknown-queue');
});
