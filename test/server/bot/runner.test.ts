import { afterEach, expect, test, vi } from 'vitest';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Bot } from '../../../server/bot/contract.ts';
import { makeBot } from '../../../server/bot/make-bot.ts';
import { type BotRunner, createBotRunner } from '../../../server/bot/runner.ts';
import type { BotSetup } from '../../../server/bot/setup.ts';
import { byCustomer } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { on, post } from '../stories.ts';
import { botServer, json } from './loopback.ts';

const any = {
  id: 'pip',
  name: 'Pip',
  handOverWords: ['agent'],
  routes: [{ data: 'about', is: 'refund', queue: 'refunds' as QueueId }],
};
const questions: BotSetup = {
  ...any,
  kind: 'questions',
  questions: [
    { data: 'order', ask: { en: 'Which order?' } },
    { data: 'about', ask: { en: 'What about?' }, choices: ['Refund', 'Delivery'] },
  ],
};
const http = (url: string, timeoutSeconds = 5): BotSetup => ({
  ...any,
  kind: 'http',
  url,
  timeoutSeconds,
});

let runner: BotRunner | null = null;
afterEach(() => runner?.close());

function run(spine: Spine, setup: BotSetup | null, bot: (setup: BotSetup) => Bot = makeBot) {
  const failures: string[] = [];
  runner?.close();
  runner = createBotRunner({
    store: spine.store,
    handle: { handle: (actor, id, command) => spine.handle(actor, command, id) },
    clock: spine.time(),
    onEvents: (hear) => spine.onEvents(hear),
    setup: () => setup,
    bot,
    newCommand: () => spine.newCommand(),
    failed: (_, why) => failures.push(why),
  });
  return failures;
}

const settings: SpineSettings = {
  queue: { botMs: 600_000 },
  queues: ['orders', 'refunds'],
  queueNames: ['orders', 'refunds'],
};

async function world(setup: BotSetup | null, bot: (setup: BotSetup) => Bot = makeBot) {
  const spine = await new Spine(settings).route();
  const failures = run(spine, setup, bot);
  const id = await spine.comes('ana');
  const says = (text: string) => spine.ask(byCustomer('ana'), post(id, text));
  /** Who said what, in the order of the transcript. */
  const transcript = async () => {
    const events = await spine.store.read(`interaction:${id as InteractionId}`, 0, 100, 1_000_000);
    return events.flatMap(({ body, content }) =>
      body.type === 'message-posted' ? [`${body.author.kind}: ${content?.text}`] : [],
    );
  };
  const types = () => spine.eventsOf(`interaction:${id}`);
  /** Real HTTP takes real time. */
  const until = (what: () => Promise<unknown>, is: unknown) =>
    vi.waitFor(async () => {
      await spine.clock.settle();
      expect(await what()).toEqual(is);
    });
  return { spine, id, says, transcript, types, until, failures };
}

test('CHAT-11: the embedded bot asks, fills the attached data and chooses the queue by it', async () => {
  const { spine, id, says, transcript, types } = await world(questions);
  await says('1042');
  await says('Refund');
  expect(await transcript()).toEqual([
    'bot: Which order?',
    'customer: 1042',
    'bot: What about?',
    'customer: Refund',
  ]);
  expect(await types()).toEqual([
    'started',
    'bot-started',
    'message-posted',
    'message-posted',
    'message-posted',
    'data-set',
    'message-posted',
    'data-set',
    'bot-ended',
    'queued',
  ]);
  expect(await spine.interaction(id)).toMatchObject({
    queue: 'refunds',
    status: { name: 'queued' },
  });
  expect(runner?.size()).toBe(0);
});

test('CHAT-11: who asks for a person gets to the queue at once', async () => {
  const { spine, id, says, transcript } = await world(questions);
  await says('Agent, please');
  expect(await spine.status(id)).toBe('with-bot');
  await says('AGENT!');
  expect(await spine.status(id)).toBe('queued');
  expect(await transcript()).toHaveLength(4);
});

test('CHAT-11: a button says to the bot what it means, and may ask for a person', async () => {
  const { url, asked } = await botServer((_, response) =>
    json(response, [
      {
        text: 'Choose',
        buttons: [
          { title: 'The last one', payload: '/last' },
          { title: 'Somebody real', payload: 'agent' },
        ],
      },
    ]),
  );
  const { spine, id, says, until } = await world(http(url));
  await says('Hello');
  await until(
    async () => (await spine.interaction(id))?.status,
    expect.objectContaining({ answered: 3 }),
  );
  await says('The last one');
  await until(async () => asked.map(({ message }) => message), ['Hello', '/last']);
  await until(
    async () => (await spine.interaction(id))?.status,
    expect.objectContaining({ answered: 5 }),
  );
  await says('Somebody real');
  expect(await spine.status(id)).toBe('queued');
  expect(asked.every(({ sender }) => sender === id)).toBe(true);
});

test('CHAT-11: what is said while the bot thinks is answered afterwards, in order', async () => {
  const { url } = await botServer(({ message }, response) =>
    json(response, [{ text: `you said ${message}` }]),
  );
  const { says, transcript, until } = await world(http(url));
  for (const text of ['one', 'two', 'three']) await says(text);
  await until(
    async () => (await transcript()).filter((line) => line.startsWith('bot')),
    ['bot: you said one', 'bot: you said two', 'bot: you said three'],
  );
});

test.each([
  ['fails', 'failed', http('http://127.0.0.1:9/')],
  ['is gone from the set-up', 'failed', null],
])('CHAT-11: when the bot %s the customer waits for a person', async (_, outcome, setup) => {
  const { spine, id, says, until, types, failures } = await world(setup);
  if (setup !== null) await says('Hello');
  await until(() => spine.status(id), 'queued');
  expect((await types()).slice(-2)).toEqual(['bot-ended', 'queued']);
  const [ended] = spine.committed.flatMap(({ body }) => (body.type === 'bot-ended' ? [body] : []));
  expect(ended).toMatchObject({ outcome });
  expect(failures).toHaveLength(1);
});

test('CHAT-11: a bot that is too slow is out of time, and what it says then is not said', async () => {
  const { promise: late, resolve: answerLate } = Promise.withResolvers<void>();
  const { url } = await botServer((_, response) => {
    void late.then(() => json(response, [{ text: 'Hello at last' }]));
  });
  const { spine, id, says, until, transcript } = await world(http(url, 0.05));
  await says('Hello');
  await until(() => spine.status(id), 'queued');
  answerLate();
  await spine.clock.settle();
  expect(await transcript()).toEqual(['customer: Hello']);
});

test('CHAT-11: a bot has a customer for ten minutes at most', async () => {
  const { spine, id } = await world(questions);
  await spine.advance(599_999);
  expect(await spine.status(id)).toBe('with-bot');
  await spine.advance(2);
  expect(await spine.status(id)).toBe('queued');
});

test('CHAT-11: a customer who leaves while the bot thinks is heard no more', async () => {
  const { url, asked } = await botServer(() => {});
  const { spine, id, says, until, transcript } = await world(http(url));
  await says('Hello');
  await until(async () => asked.length, 1);
  await spine.ask(byCustomer('ana'), on('leave', id));
  expect(await spine.status(id)).toBe('done');
  expect(await transcript()).toEqual(['customer: Hello']);
  expect(runner?.size()).toBe(0);
});

test('TRUST-2, CHAT-11: after a restart it goes on where it was, and says nothing twice', async () => {
  const { spine, id, says, transcript } = await world(questions);
  await says('1042');
  spine.restart();
  run(spine, questions);
  runner?.resume([id as InteractionId]);
  await spine.clock.settle();
  await says('Delivery');
  expect(await transcript()).toEqual([
    'bot: Which order?',
    'customer: 1042',
    'bot: What about?',
    'customer: Delivery',
  ]);
  expect(await spine.interaction(id)).toMatchObject({
    queue: 'orders',
    status: { name: 'queued' },
  });
});

test('CHAT-11: what the customer said while the server was away is answered when it is back', async () => {
  const { spine, id, says, transcript } = await world(questions);
  runner?.close();
  await says('1042');
  spine.restart();
  run(spine, questions);
  runner?.resume([id as InteractionId]);
  await spine.clock.settle();
  expect((await transcript()).at(-1)).toBe('bot: What about?');
});

test('CHAT-11: also when it was more than is read in one go', async () => {
  const { spine, id, says } = await world(questions);
  runner?.close();
  await says('1042');
  for (let n = 0; n < 20; n++) await says('what then? '.repeat(1_400));
  await says('Refund');
  spine.restart();
  run(spine, questions);
  runner?.resume([id as InteractionId]);
  await spine.clock.settle();
  expect(await spine.interaction(id)).toMatchObject({
    queue: 'refunds',
    status: { name: 'queued' },
  });
});

test('TRUST-5: who writes and writes before the bot has answered gets a person', async () => {
  const { promise: thinking, resolve: hasThought } = Promise.withResolvers<void>();
  const nothing = { says: [], data: {}, handOver: null };
  const slow = (): Bot => ({
    answer: async ({ message }) => {
      if (message !== null) await thinking;
      return nothing;
    },
  });
  const { spine, id, says, failures } = await world(questions, slow);
  for (let n = 0; n < 52; n++) await says(`${n}`);
  expect(await spine.status(id)).toBe('with-bot');
  hasThought();
  await spine.clock.settle();
  expect(await spine.status(id)).toBe('queued');
  expect(failures).toEqual(['too much waits for it']);
});

test('I10: all that a bot fills in one talk together has a limit, also after a restart', async () => {
  const half = limits.dataKeys / 2;
  const fills = (): Bot => ({
    answer: async ({ message }) => {
      const keys = Array.from({ length: half }, (_, n) => [`${message}-${n}`, 'x']);
      return { says: [], data: message === null ? {} : Object.fromEntries(keys), handOver: null };
    },
  });
  const { spine, id, says, failures } = await world(questions, fills);
  for (const word of ['one', 'two', 'one']) await says(word);
  expect(await spine.status(id)).toBe('with-bot');
  spine.restart();
  const failuresNow = run(spine, questions, fills);
  runner?.resume([id as InteractionId]);
  await says('three');
  expect(await spine.status(id)).toBe('queued');
  expect([...failures, ...failuresNow]).toEqual(['it fills too much data']);
});

test.each(['constructor', 'toString', '__proto__'])(
  'CHAT-11: a customer who says %s has pressed no button',
  async (word) => {
    const { says, transcript } = await world(questions);
    await says(word);
    expect(await transcript()).toEqual([
      'bot: Which order?',
      `customer: ${word}`,
      'bot: What about?',
    ]);
  },
);
