import { expect, test, vi } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { BotFailed } from '../../../server/bot/contract.ts';
import { httpBot } from '../../../server/bot/http.ts';
import { botServer, json } from './loopback.ts';

const ask = { conversation: 'i-1', message: 'Where is my parcel?', language: 'en', data: {} };
const never = new AbortController().signal;
const bot = (url: string, timeoutSeconds = 5) => httpBot({ kind: 'http', url, timeoutSeconds });
const failure = (url: string, timeoutSeconds?: number, signal = never) =>
  bot(url, timeoutSeconds)
    .answer(ask, signal)
    .then(
      () => 'answered',
      (error: BotFailed) => [error instanceof BotFailed, error.outcome, error.message],
    );

test('CHAT-11: a bot is asked with sender and message, and answers with texts and buttons', async () => {
  const { url, asked } = await botServer((_, response) =>
    json(response, [
      { recipient_id: 'i-1', text: 'Which one?' },
      { recipient_id: 'i-1', text: 'Choose', buttons: [{ title: 'The last', payload: '/last' }] },
      { recipient_id: 'i-1', image: 'https://shop.example/parcel.png' },
    ]),
  );
  const reply = await bot(url).answer(ask, never);
  expect(asked).toEqual([{ sender: 'i-1', message: 'Where is my parcel?' }]);
  expect(reply).toEqual({
    says: [
      { text: 'Which one?', buttons: [] },
      { text: 'Choose', buttons: [{ title: 'The last', payload: '/last' }] },
    ],
    data: {},
    handOver: null,
  });
});

test('CHAT-11: it may fill the attached data and hand over, with a note and to a queue', async () => {
  const { url } = await botServer((_, response) =>
    json(response, [
      { text: 'One moment' },
      { custom: { data: { order: 1042, gift: true } } },
      { custom: { handover: true, note: 'wants a refund', queue: 'refunds' } },
    ]),
  );
  expect(await bot(url).answer(ask, never)).toEqual({
    says: [{ text: 'One moment', buttons: [] }],
    data: { order: '1042', gift: 'true' },
    handOver: { note: 'wants a refund', queue: 'refunds' },
  });
});

test('CHAT-11: it hears the customer’s first words, not that they have come', async () => {
  const { url, asked } = await botServer((_, response) => json(response, []));
  const nothing = { says: [], data: {}, handOver: null };
  expect(await bot(url).answer({ ...ask, message: null }, never)).toEqual(nothing);
  expect(asked).toEqual([]);
  expect(await bot(url).answer(ask, never)).toEqual(nothing);
});

test.each<[string, (response: Parameters<typeof json>[0]) => void, RegExp]>([
  ['fails', (response) => json(response, { error: 'x' }, 500), /HTTP 500/],
  ['answers nonsense', (response) => response.end('<html>'), /list of messages/],
  ['answers with something else', (response) => json(response, { text: 'x' }), /list of messages/],
  [
    'says too much',
    (response) =>
      json(
        response,
        Array.from({ length: 21 }, () => ({ text: 'x' })),
      ),
    /list of messages/,
  ],
  ['answers ten megabytes', (response) => response.end('x'.repeat(10_000_000)), /too long/],
  [
    'has a thousand buttons',
    (response) =>
      json(response, [
        { text: 'x', buttons: Array.from({ length: 1_000 }, () => ({ title: 'y' })) },
      ]),
    /list of messages/,
  ],
  [
    'sends us there with the words',
    (response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
    /reached/,
  ],
  [
    'fills data of a name that a record would drop',
    (response) => json(response, [{ text: 'x', custom: { data: { constructor: 'y' } } }]),
    /list of messages/,
  ],
  [
    'sends us elsewhere',
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    /reached/,
  ],
  ['hangs up', (response) => response.destroy(), /reached/],
  ['is half way cut', (response) => response.write('[', () => response.destroy()), /reached/],
])('CHAT-11: a bot that %s has failed', async (_, answer, why) => {
  const { url } = await botServer((_, response) => answer(response));
  expect(await failure(url)).toEqual([true, 'failed', expect.stringMatching(why)]);
});

test('CHAT-11: a bot that isn’t there has failed', async () => {
  const { url, server } = await botServer(() => {});
  await new Promise((resolve) => void server.close(resolve));
  expect(await failure(url)).toEqual([true, 'failed', 'it can’t be reached']);
});

test('CHAT-11: a bot that takes too long is out of time, also in the middle of its answer', async () => {
  const silent = await botServer(() => {});
  expect(await failure(silent.url, 0.05)).toEqual([true, 'time-out', 'no answer in 0.05 s']);
  const slow = await botServer((_, response) => void response.write('['));
  expect(await failure(slow.url, 0.05)).toEqual([true, 'time-out', 'no answer in 0.05 s']);
});

test('a customer who leaves ends the question', async () => {
  const abort = new AbortController();
  const { url } = await botServer(() => abort.abort());
  expect(await failure(url, 5, abort.signal)).toEqual([true, 'failed', 'it can’t be reached']);
});

test('CHAT-11: what is meant for another conversation is said to nobody', async () => {
  const { url } = await botServer((_, response) =>
    json(response, [{ recipient_id: 'i-2', text: 'Your parcel is at Elm Street 5' }]),
  );
  expect(await failure(url)).toEqual([true, 'failed', 'its answer is for somebody else']);
});

test('CHAT-11: what is left empty is as if it were not there', async () => {
  const { url } = await botServer((_, response) =>
    json(response, [
      { text: null, buttons: [{ title: 'Yes' }] },
      { text: 'Sure?', buttons: null, custom: null },
      { text: '<b onclick=x>bold</b>' },
    ]),
  );
  expect((await bot(url).answer(ask, never)).says).toEqual([
    { text: '', buttons: [{ title: 'Yes', payload: 'Yes' }] },
    { text: 'Sure?', buttons: [] },
    { text: '<b onclick=x>bold</b>', buttons: [] },
  ]);
});

test('TRUST-5: all the data of an answer together has a limit', async () => {
  const part = (n: number) =>
    Object.fromEntries(Array.from({ length: limits.dataKeys }, (_, k) => [`k${n}-${k}`, 'x']));
  const { url } = await botServer((_, response) =>
    json(response, [{ custom: { data: part(1) } }, { custom: { data: part(2) } }]),
  );
  expect(await failure(url)).toEqual([true, 'failed', 'it fills too much data']);
});

test('TRUST-5: an answer that never ends is not read to its end', async () => {
  let open = true;
  const { url } = await botServer((_, response) => {
    response.on('close', () => {
      open = false;
    });
    const pour = () => {
      while (response.write('x'.repeat(64 * 1024)));
      response.once('drain', pour);
    };
    pour();
  });
  expect(await failure(url)).toEqual([true, 'failed', 'its answer is too long']);
  await vi.waitFor(() => expect(open).toBe(false));
});
