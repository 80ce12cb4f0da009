import { expect, test } from 'vitest';
import { groupRows, type MessageRow } from '../../components/conversation/group-rows.ts';
import { lineWords } from '../../components/conversation/line-words.ts';
import { whyWords } from '../../components/offer/why-words.ts';
import en from '../../locales/en.json';
import { clockTime, dayName, duration, isolated, list } from '../../locales/format.ts';
import { switchLanguage } from '../../locales/panel.ts';
import { bestLanguage, createTranslator } from '../../locales/translate.ts';
import { refusalNames } from '../../protocol/refusals.ts';

test('every refusal has its own sentence for a person', () => {
  const keys = Object.keys(en).filter((key) => key.startsWith('refusal.'));
  expect(keys.sort()).toEqual(refusalNames.map((name) => `refusal.${name}`).sort());
});

test.each([
  [0, '0:00'],
  [42_900, '0:42'],
  [60_000, '1:00'],
  [3_599_000, '59:59'],
  [3_661_000, '1:01:01'],
  [-5_000, '0:00'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('times, days and lists are written as people there write them', () => {
  const now = new Date(2026, 2, 4, 14, 5).getTime();
  const days = (count: number) => new Date(2026, 2, 4 - count, 9).getTime();
  expect(clockTime('de', now)).toBe('14:05');
  expect(clockTime('en-US', now)).toMatch(/^2:05\sPM$/);
  expect(dayName('en', days(0), now)).toBe('Today');
  expect(dayName('de', days(1), now)).toBe('Gestern');
  expect(dayName('en-GB', days(6), now)).toMatch(/^Thursday,? 26 February$/);
  expect(dayName('de', days(400), now)).toBe('Dienstag, 28. Januar 2025');
  expect(list('en', ['Billing 5', 'Portuguese 4'])).toBe('Billing 5, Portuguese 4');
});

test.each([
  ['only', {}, 'You are the only one ready for it.', 'Nur Sie sind dafür bereit.'],
  [
    'only',
    { 'not-ready': 3, 'signed-out': 1 },
    'You are the only one ready for it.',
    'Nur Sie sind dafür bereit.',
  ],
  ['only', { 'no-room': 1 }, 'You are the only one free for it.', 'Nur Sie sind dafür frei.'],
  ['only', { ringing: 2 }, 'You are the only one free for it.', 'Nur Sie sind dafür frei.'],
  [
    'only',
    { rejected: 1 },
    'You are the only one free for it. 1 other agent has rejected it.',
    'Nur Sie sind dafür frei. 1 andere Person hat abgelehnt.',
  ],
  [
    'load',
    { rejected: 2 },
    'Least load of 3 ready agents. 2 other agents have rejected it.',
    'Geringste Auslastung von 3 bereiten Personen. 2 andere Personen haben abgelehnt.',
  ],
] as const)(
  'OFFER-2: why this agent (%s, passed over %j): %s',
  async (reason, passedOver, inEnglish, inGerman) => {
    const why = { reason, skills: [], candidates: reason === 'only' ? 1 : 3, step: 0, passedOver };
    await switchLanguage('de');
    expect(whyWords(why)).toBe(inGerman);
    await switchLanguage('en');
    expect(whyWords(why)).toBe(inEnglish);
  },
);

const messages = {
  en: { hello: ['Hello ', ['name']] },
  de: { hello: ['Hallo ', ['name']] },
};
const loadersOf = (load: <Of>(value: Of) => Promise<Of>) => ({
  en: () => load({ default: messages.en as never }),
  de: () => load({ default: messages.de as never }),
});

test('switching the language changes the words; of two switches under way the later wins', async () => {
  const waiting: (() => void)[] = [];
  const { t, use, language } = createTranslator<'hello', 'en' | 'de'>(
    loadersOf((value) => new Promise((resolve) => waiting.push(() => resolve(value)))),
  );
  const both = [use('en'), use('de')];
  for (const arrive of waiting.reverse()) arrive();
  await Promise.all(both);
  expect(language.value).toBe('de');
  expect(t('hello', { name: 'Ana' })).toBe('Hallo Ana');
});

test('what strangers write stays as written inside a sentence', async () => {
  const { t, use } = createTranslator<'hello', 'en' | 'de'>(loadersOf(async (value) => value));
  await use('en');
  const words = t('hello', { name: isolated('\\u202Eevil {x} \\x41') });
  expect(words).not.toMatch(/[\u202EA]/);
  expect(words.startsWith('Hello \u2068')).toBe(true);
});

test.each([
  [['de-AT', 'en'], 'de'],
  [['fr', 'en-GB'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
] as [string[], string][])('whoever prefers %j reads %s', (wanted, language) => {
  expect(bestLanguage(wanted, ['en', 'de'])).toBe(language);
});

test('CHAT-2: one sender’s messages share a heading until another writes, some minutes pass, or a day', () => {
  const noon = new Date(2026, 2, 4, 12).getTime();
  const from = (who: 'customer' | 'agent', minutes: number, at: number) =>
    ({
      kind: 'message',
      key: `${at}`,
      seq: at,
      from: who,
      mine: who === 'agent',
      name: null,
      at: noon + minutes * 60_000,
      text: '',
      state: null,
      refusal: null,
      commandId: null,
    }) satisfies MessageRow;
  const items = groupRows(
    [
      from('customer', -1440, 1),
      from('customer', 0, 2),
      from('customer', 1, 3),
      from('agent', 2, 4),
      from('agent', 8, 5),
    ],
    noon,
  );
  expect(items.map((item) => (item.kind === 'group' ? item.rows.length : item.kind))).toEqual([
    'day',
    1,
    'day',
    2,
    1,
    1,
  ]);
});

test('a customer who went and came back is one line, and none after a reload, unless something was said meanwhile', () => {
  const at = new Date(2026, 2, 4, 12).getTime();
  const line = (type: 'customer-away' | 'customer-returned', seq: number) =>
    ({ kind: 'line', key: `${seq}`, seq, at: at + seq * 1_000, line: { type } }) as const;
  const pair = groupRows([line('customer-away', 1), line('customer-returned', 13)], at);
  expect(pair).toEqual([{ kind: 'absence', key: '1', at: at + 13_000, ms: 12_000 }]);
  const reload = groupRows([line('customer-away', 1), line('customer-returned', 3)], at);
  expect(reload).toEqual([]);
  const back = groupRows([line('customer-returned', 1), line('customer-away', 2)], at);
  expect(back.map(({ kind }) => kind)).toEqual(['line', 'line']);
});

test('CHAT-11: the agent reads why the bot has ended, with its note', async () => {
  const ended = (outcome: 'handed-over' | 'failed' | 'time-out', note = '') =>
    lineWords({ type: 'bot-ended', outcome, note });
  expect(ended('failed')).toBe('The bot failed');
  expect(ended('time-out')).toBe('The bot took too long');
  expect(ended('handed-over', 'wants a refund')).toBe(
    `The bot handed over: ${isolated('wants a refund')}`,
  );
  await switchLanguage('de');
  expect(ended('failed')).toBe('Der Bot ist ausgefallen');
  await switchLanguage('en');
});
