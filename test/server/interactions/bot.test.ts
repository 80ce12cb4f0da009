import { expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import type { Command } from '../../../server/interactions/command.ts';
import { by, byCustomer, bySystem, chat, given, givenIn, later, START, saying } from '../given.ts';
import { id, offer, on, post, queue, queued, ready, start, who } from '../stories.ts';

const withBot = (name = 'c1') =>
  chat(
    name,
    { type: 'started', channel: 'chat', customer: 'ana' as never, queue, language: 'en' },
    { type: 'bot-started', until: START + 600_000 },
  );
/** The seq of `bot-started`. */
const STARTED = 2;
const says = (answers: number, text = 'Hello', rest = {}): Command => ({
  type: 'bot-says',
  interaction: id('c1'),
  name: 'Pip',
  answers,
  says: [{ text, buttons: [] }],
  data: {},
  ...rest,
});
const over = (rest: Partial<Extract<Command, { type: 'bot-over' }>> = {}): Command => ({
  type: 'bot-over',
  interaction: id('c1'),
  since: STARTED,
  outcome: 'handed-over',
  note: '',
  queue: null,
  answer: null,
  ...rest,
});
const bot = (answers: number) => ({ kind: 'bot', name: 'Pip', answers }) as const;

test('CHAT-11: where the queue has a bot, it comes before the agent', () => {
  const world = givenIn({ queue: { botMs: 600_000 } }, ready('bo')).when(start(), byCustomer());
  expect(world.interaction('new-1')?.status).toEqual({
    name: 'with-bot',
    since: 2,
    until: START + 600_000,
    answered: 0,
  });
  world.when(offer('new-1', 'bo'), bySystem).thenRefused('out-of-date');
});

test('CHAT-11: what bot and customer say is in the transcript', () => {
  const world = given(withBot());
  world
    .when(
      says(STARTED, 'Which order?', {
        says: [{ text: 'Which order?', buttons: [{ title: 'The last', payload: '/last' }] }],
        data: { language: 'en' },
      }),
      bySystem,
    )
    .thenTells(
      chat(
        'c1',
        saying(
          { type: 'message-posted', author: bot(STARTED) },
          { text: 'Which order?', buttons: '[{"title":"The last","payload":"/last"}]' },
        ),
        saying({ type: 'data-set', author: bot(STARTED) }, { language: 'en' }),
      ),
    );
  world.when(post('c1', 'The last'), byCustomer());
  world.when(says(5, 'Thank you'), bySystem);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'with-bot', answered: 5 });
});

test('CHAT-11: an answer of the bot that is late or repeated is none', () => {
  const world = given(withBot()).when(says(STARTED), bySystem);
  world.when(says(STARTED, 'again'), bySystem).thenNothing();
  world.when(says(1, 'older'), bySystem).thenNothing();
  world.when(over(), bySystem);
  world.when(says(9, 'too late'), bySystem).thenNothing();
  world.when(over({ outcome: 'failed' }), bySystem).thenNothing();
});

test.each(['handed-over', 'failed', 'time-out'] as const)(
  'CHAT-11: %s, the customer waits for a person from then on, with a note for the agent',
  (outcome) => {
    given(withBot(), later(30_000))
      .when(over({ outcome, note: 'about order 1042' }), bySystem)
      .thenTells(
        chat(
          'c1',
          saying({ type: 'bot-ended', outcome }, { note: 'about order 1042' }),
          queued('bot', { enqueuedAt: START + 30_000 }),
        ),
      );
  },
);

test('CHAT-11: the bot’s last words come before it is over, and it may choose the queue', () => {
  const world = givenIn({ queues: ['orders', 'refunds'] }, withBot());
  const answer = {
    name: 'Pip',
    answers: STARTED,
    says: [{ text: 'One moment', buttons: [] }],
    data: {},
  };
  world
    .when(over({ queue: 'refunds' as QueueId, answer }), bySystem)
    .thenTells(
      chat(
        'c1',
        saying({ type: 'message-posted', author: bot(STARTED) }, { text: 'One moment' }),
        { type: 'bot-ended', outcome: 'handed-over' },
        queued('bot', { queue: 'refunds' as QueueId }),
      ),
    );
  const unknown = given(withBot()).when(over({ queue: 'gone' as QueueId }), bySystem);
  expect(unknown.interaction('c1')).toMatchObject({ queue: 'orders', status: { name: 'queued' } });
});

test('OFFER-7, CHAT-11: a customer who leaves the bot has abandoned it', () => {
  const world = given(withBot()).when(on('leave', 'c1'), byCustomer());
  world.when(over(), bySystem).thenNothing();
  expect(world.interaction('c1')?.status.name).toBe('done');
});

test('TRUST-4: nobody but the system speaks for the bot', () => {
  given(withBot()).when(says(STARTED), byCustomer()).thenRefused('not-allowed');
  given(withBot(), ready('bo')).when(over(), by('bo')).thenRefused('not-allowed');
  expect(who('bo')).toBe('bo');
});

test('ROUTE-4, CHAT-11: after the bot it waits for who served the customer last', () => {
  const lastOwner = { agent: who('bo'), at: START - 3_600_000 };
  const world = givenIn({ lastOwner }, withBot()).when(over(), bySystem);
  expect(world.interaction('c1')).toMatchObject({
    preferred: 'bo',
    preferredUntil: START + 15_000,
  });
});

test('CHAT-11: a bot cannot put a chat where no chats wait', () => {
  const settings = { queues: ['orders', 'claims'], channelsOf: { claims: ['work-item'] } } as const;
  const world = givenIn(settings, withBot());
  world.when(over({ queue: 'claims' as QueueId }), bySystem);
  expect(world.interaction('c1')).toMatchObject({ queue: 'orders', status: { name: 'queued' } });
});

test('CHAT-11: who begins to wait after a bot is told so like everybody else', () => {
  const waiting = { en: 'Somebody of {{queue}} will be with you soon' };
  const texts = { language: 'en', waiting, greeting: null, farewell: null };
  const world = givenIn({ queue: { botMs: 600_000, name: 'Orders', texts } });
  world.when(start(), byCustomer());
  expect(world.interaction('new-1')?.status.name).toBe('with-bot');
  world
    .when(over({ interaction: id('new-1') }), bySystem)
    .thenTells(
      chat(
        'new-1',
        { type: 'bot-ended', outcome: 'handed-over' },
        queued('bot'),
        saying(
          { type: 'message-posted', author: { kind: 'system' } },
          { text: 'Somebody of Orders will be with you soon' },
        ),
      ),
    );
});
