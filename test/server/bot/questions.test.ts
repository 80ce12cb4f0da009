import { expect, test } from 'vitest';
import { questionsBot } from '../../../server/bot/questions.ts';
import { queueFor, wantsPerson } from '../../../server/bot/setup.ts';

const never = new AbortController().signal;
const bot = questionsBot({
  kind: 'questions',
  questions: [
    { data: 'order', ask: { en: 'Which order?', de: 'Welche Bestellung?' } },
    { data: 'about', ask: { en: 'What about?' }, choices: ['Refund', 'Delivery'] },
  ],
});
const ask = (message: string | null, data: Record<string, string> = {}, language = 'en') =>
  bot.answer({ conversation: 'i-1', message, language, data }, never);
const choices = {
  text: 'What about?',
  buttons: [
    { title: 'Refund', payload: 'Refund' },
    { title: 'Delivery', payload: 'Delivery' },
  ],
};

test('CHAT-11: who comes is asked the first question, in their language', async () => {
  expect(await ask(null)).toMatchObject({ says: [{ text: 'Which order?' }], data: {} });
  expect(await ask(null, {}, 'de-AT')).toMatchObject({ says: [{ text: 'Welche Bestellung?' }] });
  expect(await ask(null, {}, 'fr')).toMatchObject({ says: [{ text: 'Which order?' }] });
});

test('CHAT-11: an answer fills the attached data and leads to the next question', async () => {
  expect(await ask(' 1042 ')).toEqual({ says: [choices], data: { order: '1042' }, handOver: null });
});

test('CHAT-11: what is none of the choices is asked again', async () => {
  expect(await ask('weather', { order: '1042' })).toMatchObject({ says: [choices], data: {} });
  expect(await ask('')).toMatchObject({ says: [{ text: 'Which order?' }], data: {} });
});

test('CHAT-11: after the last question it hands over', async () => {
  expect(await ask('refund', { order: '1042' })).toEqual({
    says: [],
    data: { about: 'Refund' },
    handOver: { note: '', queue: null },
  });
});

test('CHAT-11: attached data chooses the queue, the first that fits', () => {
  const routes = [
    { data: 'about', is: 'Refund', queue: 'billing' as never },
    { data: 'order', is: '1042', queue: 'delivery' as never },
  ];
  expect(queueFor(routes, { about: ' refund ', order: '1042' })).toBe('billing');
  expect(queueFor(routes, { about: 'else', order: '1042' })).toBe('delivery');
  expect(queueFor(routes, {})).toBe(null);
});

test.each([
  ['Agent', true],
  ['  a human! ', true],
  ['A  human', true],
  ['agent orange', false],
  ['', false],
])('CHAT-11: “%s” asks for a person: %s', (said, wants) => {
  expect(wantsPerson(['agent', 'a human'], said)).toBe(wants);
});

test('CHAT-11: keys that every object has are asked and compared like others', async () => {
  const odd = questionsBot({
    kind: 'questions',
    questions: [{ data: 'toString', ask: { en: 'What is it called?' } }],
  });
  const first = { conversation: 'i-1', message: null, language: 'en', data: {} };
  expect(await odd.answer(first, never)).toMatchObject({ says: [{ text: 'What is it called?' }] });
  const routes = [{ data: 'valueOf', is: 'x', queue: 'billing' as never }];
  expect(queueFor(routes, {})).toBeNull();
  expect(queueFor(routes, { valueOf: 'X' })).toBe('billing');
});

test('CHAT-11: what is nothing but marks fits itself, not whoever says nothing', () => {
  const routes = [{ data: 'plan', is: '+', queue: 'billing' as never }];
  expect(queueFor(routes, {})).toBeNull();
  expect(queueFor(routes, { plan: '-' })).toBeNull();
  expect(queueFor(routes, { plan: ' + ' })).toBe('billing');
  expect(wantsPerson(['?'], '!!!')).toBe(false);
  expect(wantsPerson(['?'], '?')).toBe(true);
});
