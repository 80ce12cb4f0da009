import { expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import type { ScriptQuestion } from '../../../protocol/wrap-up.ts';
import { chatsOnly } from '../../channels.ts';
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
  connect,
  done,
  doneBy,
  extend,
  markDone,
  offer,
  on,
  post,
  queued,
  ready,
  setStatus,
  since,
  start,
  talking,
  unreachable,
  waiting,
  wrapping,
} from '../stories.ts';

const wrapped = [...ready('bo'), ...wrapping('c1', 'bo')];
const gone = agent('bo', {
  type: 'revoked',
  interaction: 'c1' as never,
  epoch: 1,
  role: 'owner',
  reason: 'done',
});
const bo = { kind: 'agent', agent: 'bo' as never, name: 'bo' } as const;
/** The seq of `ended`. */
const ENDED = 6;
const DAY = 24 * 3_600_000;

const cause: ScriptQuestion = {
  id: 'cause',
  label: 'What was the cause?',
  kind: 'choice',
  choices: [{ id: 'carrier', label: 'The carrier' }],
  required: { when: 'always' },
};

test('END-2: dispositions, resolved, answers, tags, note, data and the transcript’s way are kept', () => {
  const world = givenIn({ queue: { script: [cause] } }, wrapped);
  world
    .when(
      markDone('c1', ['answered', 'refunded', 'answered'], 'Parcel was held.', {
        resolved: true,
        answers: { cause: ' carrier ' },
        tags: ['parcel', 'vip'],
        data: { order: '1042' },
        sendTranscript: true,
        transcriptTo: 'ana@example.org',
      }),
      by('bo'),
    )
    .thenTells(
      chat(
        'c1',
        { type: 'tags-set', author: bo, tags: ['parcel', 'vip'] },
        saying({ type: 'data-set', author: bo }, { order: '1042' }),
        saying(
          doneBy('agent', {
            dispositions: ['answered', 'refunded'],
            resolved: true,
            sendTranscript: true,
          }),
          { note: 'Parcel was held.', 'answer:cause': 'carrier' },
        ),
        saying(
          { type: 'transcript-requested', author: bo, address: 'unverified' },
          { email: 'ana@example.org' },
        ),
      ),
      gone,
    );
  expect(world.interaction('c1')).toMatchObject({ tags: ['parcel', 'vip'] });
});

test.each([
  [{ dispositionRequired: true }, markDone('c1'), 'disposition-missing'],
  [{ resolvedRequired: true }, markDone('c1'), 'resolved-missing'],
  [{ script: [cause] }, markDone('c1'), 'answer-missing'],
  [{ script: [cause] }, markDone('c1', [], '', { answers: { cause: 'luck' } }), 'unknown-answer'],
  [{}, markDone('c1', [], '', { answers: { cause: 'carrier' } }), 'unknown-answer'],
  [{}, markDone('c1', [], '', { sendTranscript: true }), 'no-address'],
  [{}, markDone('c1', ['weather']), 'unknown-disposition'],
  [{}, markDone('c1', [], '', { tags: ['weather'] }), 'unknown-tag'],
] as const)(
  'END-2: what is mandatory blocks Mark done, and so does what doesn’t exist: %o',
  (queue, command, refusal) => {
    const world = givenIn({ queue }, wrapped);
    world.when(command, by('bo')).thenRefused(refusal);
    expect(world.interaction('c1')?.status.name).toBe('wrapping');
  },
);

test('END-2: tags that are there already, in another order, are not set again', () => {
  given(wrapped, chat('c1', { type: 'tags-set', author: bo, tags: ['parcel', 'vip'] }))
    .when(markDone('c1', [], '', { tags: ['vip', 'parcel'] }), by('bo'))
    .thenTells(chat('c1', doneBy('agent')), gone);
});

test('END-3: a minute more is added to the end; the end that was means nothing any more', () => {
  const world = given(wrapped, later(30_000));
  world
    .when(extend('c1', 'more'), by('bo'))
    .thenTells(chat('c1', { type: 'wrap-up-extended', until: START + 120_000 }));
  world
    .pass(30_000)
    .when(since('wrap-up-over', 'c1', ENDED), bySystem)
    .thenNothing();
  world.pass(60_000).when(since('wrap-up-over', 'c1', ENDED + 1), bySystem);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'done', by: 'system' });
});

test('END-3: a late wrap-up gets its minute from now', () => {
  given(wrapped, later(90_000))
    .when(extend('c1', 'more'), by('bo'))
    .thenTells(chat('c1', { type: 'wrap-up-extended', until: START + 150_000 }));
});

test('END-3: without a limit it has no end, and more of that is nothing', () => {
  const world = given(wrapped);
  world
    .when(extend('c1', 'open'), by('bo'))
    .thenTells(chat('c1', { type: 'wrap-up-extended', until: null }));
  world.when(extend('c1', 'more'), by('bo')).thenNothing();
  world.when(since('wrap-up-over', 'c1', ENDED), bySystem).thenNothing();
});

test('END-3: only a wrap-up is extended, and only by its owner', () => {
  given(ready('bo'), talking('c1', 'bo'))
    .when(extend('c1', 'more'), by('bo'))
    .thenRefused('not-in-wrap-up');
  given(wrapped).when(extend('c1', 'more'), by('cy')).thenRefused('unknown-interaction');
});

test.each([{ resolvedRequired: true }, { script: [cause] }])(
  'END-3: whatever is mandatory keeps it open when the time is up: %o',
  (queue) => {
    const world = givenIn({ queue }, wrapped, later(60_000));
    world.when(since('wrap-up-over', 'c1', ENDED), bySystem).thenNothing();
    world.tell(unreachable('bo'));
    world
      .when(since('wrap-up-over', 'c1', ENDED), bySystem)
      .thenTells(chat('c1', doneBy('system', { incomplete: true })), gone);
  },
);

const office = 'office' as QueueId;
const flow = { queue: { workflow: [office] }, queues: ['orders', 'office'] };
const placed = markDone('c1', ['answered'], 'Refund it', { workflow: { queue: office } });

test('END-4: OK places it in the chosen queue as a work item with an age of its own', () => {
  const world = givenIn(flow, wrapped, later(20_000));
  world
    .when(placed, by('bo'))
    .thenTells(
      chat(
        'c1',
        saying(doneBy('agent', { dispositions: ['answered'] }), { note: 'Refund it' }),
        { type: 'placed', queue: office },
        queued('workflow', { queue: office, enqueuedAt: START + 20_000 }),
      ),
      gone,
    );
  expect(world.interaction('c1')).toMatchObject({
    status: { name: 'queued' },
    legs: [{ channel: 'work-item' }],
  });
});

test('END-4: Stop ends it; the choice is asked for, and only the queue’s own are taken', () => {
  const world = givenIn(flow, wrapped);
  world.when(markDone('c1'), by('bo')).thenRefused('workflow-missing');
  world
    .when(markDone('c1', [], '', { workflow: { queue: 'orders' as QueueId } }), by('bo'))
    .thenRefused('unknown-queue');
  world.when(markDone('c1', [], '', { workflow: 'stop' }), by('bo'));
  expect(world.interaction('c1')?.status.name).toBe('done');
  given(wrapped).when(placed, by('bo')).thenRefused('unknown-queue');
});

test('END-4: the customer’s absence never ends a work item, nor do they write into it', () => {
  const world = givenIn(flow, wrapped).when(placed, by('bo'));
  world.when(on('customer-gone', 'c1'), bySystem).thenNothing();
  world.when(on('leave', 'c1'), byCustomer()).thenNothing();
  world.when(post('c1'), byCustomer()).thenRefused('not-active');
  expect(world.interaction('c1')?.status.name).toBe('queued');
  world.when(start(), byCustomer());
  expect(world.interaction('new-5')?.status.name).toBe('queued');
});

test('END-4: a customer who was away when it ended doesn’t end the work, either', () => {
  const away = chat('c1', { type: 'customer-away', leftAt: START + 600_000 });
  const world = givenIn(flow, ready('bo'), talking('c1', 'bo'), away);
  world.when(on('end', 'c1'), by('bo'));
  world.when(placed, by('bo'));
  expect(world.interaction('c1')?.presence).toEqual({ name: 'here' });
});

test('END-4: a work item is offered, done and closed like anything else', () => {
  const given = { ...flow, agent: { limits: { ...chatsOnly(), 'work-item': 5 } } };
  const world = givenIn(given, wrapped).when(placed, by('bo'));
  world.when(connect('cy'), bySystem);
  world.when(setStatus('ready'), by('cy'));
  world.when(offer('c1', 'cy', 2), bySystem);
  world.when(
    { type: 'accept', interaction: 'c1' as never, offer: 'offer-2-of-c1' as never },
    by('cy'),
  );
  world.when(post('c1'), by('cy')).thenRefused('not-active');
  world.when(on('end', 'c1'), by('cy'));
  world.when(markDone('c1', [], '', { workflow: 'stop' }), by('cy'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'done', owner: 'cy' });
  expect(world.agent('cy').assignments).toEqual({});
});

test('END-5: placed twice it is placed once', () => {
  const world = givenIn(flow, wrapped).when(placed, by('bo'));
  world.when(placed, by('bo')).thenNothing();
  world.when(placed, by('cy')).thenRefused('unknown-interaction');
});

const closed = [...wrapped, chat('c1', doneBy('system')), gone];

test('END-9: a late wrap-up by the last owner amends what the system has closed, once', () => {
  const world = given(closed, later(DAY));
  world.when(markDone('c1', ['refunded'], 'A long note', { resolved: true }), by('bo')).thenTells(
    chat(
      'c1',
      saying(
        {
          type: 'amended',
          agent: 'bo' as never,
          dispositions: ['refunded'],
          resolved: true,
          sendTranscript: false,
        },
        { note: 'A long note' },
      ),
    ),
  );
  world.when(markDone('c1', ['answered']), by('bo')).thenNothing();
});

test('END-9: after a day it is too late, for others it is none of theirs', () => {
  given(closed, later(DAY + 1))
    .when(markDone('c1', ['refunded']), by('bo'))
    .thenRefused('not-in-wrap-up');
  given(closed).when(markDone('c1'), by('cy')).thenRefused('unknown-interaction');
});

test('END-9: what is amended must be as complete as what is in time', () => {
  givenIn({ queue: { resolvedRequired: true } }, closed)
    .when(markDone('c1'), by('bo'))
    .thenRefused('resolved-missing');
});

test('END-4, END-9: a late wrap-up may still place it in a workflow queue', () => {
  const world = givenIn(flow, closed).when(placed, by('bo'));
  expect(world.interaction('c1')?.status.name).toBe('queued');
});

test('END-9: what an agent has closed is not amended', () => {
  given(ready('bo'), done('c1', 'bo'))
    .when(markDone('c1', ['refunded'], 'more'), by('bo'))
    .thenNothing();
});

test('a conversation that was abandoned has no wrap-up, not even a late one', () => {
  given(ready('bo'), waiting('c1'), chat('c1', { type: 'abandoned', by: 'customer' }))
    .when(markDone('c1'), by('bo'))
    .thenRefused('unknown-interaction');
});

test('END-4: a queue that is called stop is a queue like any other', () => {
  const stop = 'stop' as QueueId;
  const settings = { queue: { workflow: [stop] }, queues: ['orders', 'stop'] };
  const placedThere = givenIn(settings, wrapping('c1', 'bo')).when(
    markDone('c1', [], '', { workflow: { queue: stop } }),
    by('bo'),
  );
  expect(placedThere.interaction('c1')).toMatchObject({
    queue: 'stop',
    status: { name: 'queued' },
  });
  const ended = givenIn(settings, wrapping('c1', 'bo')).when(
    markDone('c1', [], '', { workflow: 'stop' }),
    by('bo'),
  );
  expect(ended.interaction('c1')?.status.name).toBe('done');
});
