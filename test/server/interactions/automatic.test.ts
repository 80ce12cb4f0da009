import { expect, test } from 'vitest';
import { textIn } from '../../../server/interactions/automatic.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { closedQueue } from '../../../server/interactions/policy.ts';
import { chatsOnly } from '../../channels.ts';
import { agent, by, byCustomer, chat, givenIn, type Told, toldBy } from '../given.ts';
import {
  id,
  offerOf,
  queue,
  queued,
  ready,
  ringing,
  start,
  talking,
  waiting,
  who,
} from '../stories.ts';

const texts = {
  ...closedQueue.texts,
  greeting: { en: 'Hello from {{agent}} of {{queue}}, {{order}}.', de: 'Hallo von {{agent}}.' },
  waiting: { en: 'Welcome to {{queue}}.' },
  farewell: { en: 'Goodbye from {{agent}}.' },
};
const settings = {
  queue: { name: 'Orders', subject: 'An order', texts },
  agent: { limits: { ...chatsOnly(), email: 5 } },
};
const accepts = { type: 'accept', interaction: id('c1'), offer: offerOf('c1') } as const;

/** What a command adds to the conversation: the events, and the words of those that have some. */
function adds(history: readonly Told[], command: Command, actor: Actor = by('bo')): unknown[] {
  return toldBy(givenIn(settings, ready('bo'), history).ask(command, actor))
    .filter(({ stream }) => stream.startsWith('interaction:'))
    .flatMap(({ events }) => events)
    .map((one) => ('body' in one ? [one.body.type, one.words] : one.type));
}

test('CHAT-1: after the accept the customer is greeted in the agent’s name, as an automatic message', () => {
  const text = 'Hello from bo of Orders, {{order}}.';
  expect(adds(ringing('c1', 'bo'), accepts)).toEqual([
    'offer-ended',
    'accepted',
    ['message-posted', { text }],
  ]);
  const world = givenIn(settings, ready('bo'), ringing('c1', 'bo'));
  const told = toldBy(world.ask(accepts, by('bo'))).flatMap(({ events }) => events);
  expect(told).toContainEqual({
    body: { type: 'message-posted', author: { kind: 'system' } },
    words: { text },
  });
});

test('CHAT-1: in the language in which the customer came', () => {
  const german = ringing('c1', 'bo').map((one) => ({
    ...one,
    events: one.events.map((event) =>
      'type' in event && event.type === 'started' ? { ...event, language: 'de-AT' } : event,
    ),
  }));
  expect(adds(german, accepts).at(-1)).toEqual(['message-posted', { text: 'Hallo von bo.' }]);
});

test('CHAT-1: a second accept says nothing, and who was its last owner doesn’t greet again', () => {
  expect(adds(talking('c1', 'bo'), accepts)).toEqual([]);
  const again = [
    ...talking('c1', 'bo'),
    chat('c1', { type: 'owner-lost', agent: who('bo') }, queued('owner-lost')),
    agent('bo', {
      type: 'revoked',
      interaction: id('c1'),
      epoch: 1,
      role: 'owner',
      reason: 'owner-lost',
    }),
    ...ringing('c1', 'bo', 2),
  ];
  const second = { ...accepts, offer: offerOf('c1', 2) };
  expect(adds(again, second)).toEqual(['offer-ended', 'accepted']);
});

test('a queue without texts says nothing by itself', () => {
  const told = toldBy(givenIn({}, ready('bo'), ringing('c1', 'bo')).ask(accepts, by('bo')));
  expect(told[0]?.events).toHaveLength(2);
});

test('who comes is welcomed, and gets the queue’s subject where they gave none', () => {
  expect(adds([], start(), byCustomer('ana'))).toEqual([
    ['started', { subject: 'An order' }],
    'queued',
    ['message-posted', { text: 'Welcome to Orders.' }],
  ]);
  const own = adds([], { ...start(), subject: 'Mine' }, byCustomer('ana'));
  expect(own[0]).toEqual(['started', { subject: 'Mine' }]);
});

test('the farewell stands before the end, and only an agent’s end has one', () => {
  const ends = { type: 'end', interaction: id('c1') } as const;
  expect(adds(talking('c1', 'bo'), ends)).toEqual([
    ['message-posted', { text: 'Goodbye from bo.' }],
    'ended',
  ]);
  const leaves = { type: 'leave', interaction: id('c1') } as const;
  expect(adds(talking('c1', 'bo'), leaves, byCustomer('ana'))).toEqual(['ended']);
});

test('an e-mail that is picked isn’t answered by a machine', () => {
  const mail = waiting('c1').map((one) => ({
    ...one,
    events: one.events.map((event) =>
      'type' in event && event.type === 'started'
        ? ({ ...event, channel: 'email' } as typeof event)
        : event,
    ),
  }));
  const picks = { type: 'pick', interaction: id('c1'), queue } as unknown as Command;
  expect(adds(mail, picks)).toEqual(['accepted']);
  expect(adds(waiting('c1'), picks).at(-1)).toEqual([
    'message-posted',
    { text: 'Hello from bo of Orders, {{order}}.' },
  ]);
});

const all = { en: 'one', 'pt-BR': 'um', pt: 'ũ', 'fr-CA': 'un' };
test.each([
  ['pt-BR', 'um'],
  ['pt-br', 'um'],
  ['pt-PT', 'ũ'],
  ['pt', 'ũ'],
  ['fr', 'un'],
  ['fr-FR', 'un'],
  ['de', 'one'],
])('who speaks %s reads "%s"', (language, text) => {
  expect(textIn(all, language, 'en')).toBe(text);
});

test('who speaks a language that nobody wrote reads the centre’s, else the first', () => {
  expect(textIn({ fr: 'un', en: 'one' }, 'de', 'en-GB')).toBe('one');
  expect(textIn({ fr: 'un', pt: 'um' }, 'de', 'en')).toBe('un');
});
