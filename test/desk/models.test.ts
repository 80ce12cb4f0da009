import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationModel } from '../../desk/models/panel-model.ts';
import type { AgentEvent } from '../../protocol/agent-events.ts';
import { interactionEvents } from '../../protocol/examples/events.ts';
import type { CommandId } from '../../protocol/ids.ts';
import { chatsOnly } from '../channels.ts';
import { type PanelUnderTest, panelUnderTest, until } from './panel.ts';
import {
  accepted,
  agentPart,
  at,
  centre,
  chat1,
  chat2,
  facts,
  fromCustomer,
  fromMe,
  granted,
  interactionPart,
  me,
  offer1,
  offerEnded,
  offerMade,
  revoked,
  started,
  T,
  welcome,
} from './parts.ts';

let panel: PanelUnderTest;
beforeEach(async () => {
  panel = await panelUnderTest();
});
afterEach(() => panel.close());

const grantChat1 = () =>
  panel.disk.applyBatch([
    agentPart(0, granted()),
    interactionPart(chat1, 0, started, fromCustomer('hello'), accepted),
  ]);

const becomesReady = {
  type: 'status-changed',
  channel: 'chat',
  from: 'not-ready',
  to: 'ready',
  reason: null,
  until: null,
  next: 'stay',
  by: { kind: 'agent' },
} as const;

describe('status', () => {
  test('STATE-4: what was asked is shown as asked until the server has said so', async () => {
    const { shown } = panel.model.status;
    await panel.model.status.set('ready', null);
    await until(shown, ({ asked }) => asked === 'ready');
    expect(shown.value.status).toBe('not-ready');
    expect(panel.nudges).toContainEqual({ type: 'disk' });
    const [row] = await panel.disk.waiting(0);
    await panel.disk.applyBatch([agentPart(0, [becomesReady, { commandId: row!.id }])]);
    expect(await until(shown, ({ asked }) => asked === null)).toEqual({
      status: 'ready',
      reason: null,
      since: at(1),
      until: null,
      next: 'stay',
      pending: null,
      asked: null,
    });
  });

  test('STATE-4: a pending not-ready tells how many interactions are left', async () => {
    await grantChat1();
    await panel.disk.applyBatch([
      agentPart(1, granted(chat2), {
        type: 'pending-set',
        channel: 'chat',
        to: 'not-ready',
        reason: 'lunch',
        durationMs: null,
        next: 'stay',
        by: { kind: 'agent' },
      }),
    ]);
    const { pending } = await until(panel.model.status.shown, (chat) => chat.pending !== null);
    expect(pending).toEqual({ reason: 'lunch', left: 2 });
  });

  test('CAP-1: the load counts what rings and what is held', async () => {
    await grantChat1();
    await panel.disk.applyBatch([agentPart(1, offerMade())]);
    expect(await until(panel.model.status.load, ([chat]) => chat?.used === 2)).toEqual([
      { channel: 'chat', used: 2, limit: 4 },
    ]);
    expect(panel.model.status.reasons.value).toEqual([
      { id: 'lunch', label: 'Lunch', durationMs: null },
    ]);
  });

  test('CAP-1, CAP-2: the load stands per channel: the first that is given, and each that is in use', async () => {
    await panel.disk.applyWelcome(welcome({ limits: { ...chatsOnly(), voice: 1, email: 5 } }));
    await grantChat1();
    const email = { ...facts(offer1, chat2), channel: 'email' } as const;
    await panel.disk.applyBatch([agentPart(1, { type: 'offer-made', ...email })]);
    expect(await until(panel.model.status.load, (load) => load.length === 2)).toEqual([
      { channel: 'chat', used: 1, limit: 4 },
      { channel: 'email', used: 1, limit: 5 },
    ]);
  });

  test('CAP-1: what is parked and what is only listened to don’t count', async () => {
    await grantChat1();
    const listened = { ...granted(chat2), role: 'monitor' } as AgentEvent;
    await panel.disk.applyBatch([
      agentPart(1, listened, { type: 'parked', interaction: chat1, until: at(99) }),
      interactionPart(chat1, 3, { type: 'parked', agent: me, until: at(99) }),
      interactionPart(chat2, 0, started, accepted),
    ]);
    await until(panel.model.interactions.tabs, (tabs) => tabs.length === 2);
    expect(panel.model.status.load.value).toMatchObject([{ used: 0 }]);
    const parked = panel.model.interactions.tabs.value.filter(({ isParked }) => isParked);
    expect(parked).toMatchObject([{ interaction: chat1 }]);
    await panel.disk.applyBatch([
      interactionPart(chat1, 4, { type: 'unparked', agent: me, by: 'agent' }),
    ]);
    await until(panel.model.status.load, ([chat]) => chat?.used === 1);
  });
});

describe('offers', () => {
  test('OFFER-2: an offer shows who, from where, since when and why', async () => {
    await panel.disk.applyBatch([agentPart(0, offerMade())]);
    const [offer] = await until(panel.model.offers.open, (open) => open.length === 1);
    expect(offer).toMatchObject({
      offer: offer1,
      name: 'Lee',
      shortId: 'HAT1',
      subject: 'Invoice',
      queue: 'Billing',
      enqueuedAt: T,
      answerBy: null,
      answering: null,
      why: { reason: 'only' },
    });
  });

  test('OFFER-2: skills are called as the centre calls them, by their id where it doesn’t say', async () => {
    const named = { ...centre, skills: [{ id: 'cards', label: 'Credit cards' }] };
    await panel.disk.applyWelcome(welcome({ centre: named }));
    const skills = [
      { skill: 'cards', proficiency: 4 },
      { skill: 'old', proficiency: 2 },
    ];
    const made = { type: 'offer-made', ...facts(), why: { ...facts().why, skills } } as const;
    await panel.disk.applyBatch([agentPart(0, made)]);
    const [offer] = await until(panel.model.offers.open, (open) => open.length === 1);
    expect(offer?.why.skills.map(({ skill }) => skill)).toEqual(['Credit cards', 'old']);
  });

  test('OFFER-8: an answer goes out once, and stays visible until the offer is over', async () => {
    await panel.disk.applyBatch([agentPart(0, offerMade())]);
    const { open } = panel.model.offers;
    const [offer] = await until(open, (offers) => offers.length === 1);
    await panel.model.offers.accept(offer!);
    await until(open, ([one]) => one?.answering === 'accept');
    await panel.model.offers.reject(offer!);
    expect(await panel.disk.waiting(0)).toHaveLength(1);
    await panel.disk.applyBatch([agentPart(1, offerEnded('accepted'), granted())]);
    await until(open, (offers) => offers.length === 0);
  });

  test('a refused accept is told, and can be dismissed', async () => {
    await panel.disk.applyBatch([agentPart(0, offerMade())]);
    const [offer] = await until(panel.model.offers.open, (open) => open.length === 1);
    await panel.model.offers.accept(offer!);
    const [row] = await panel.disk.waiting(0);
    await panel.disk.refuse(row!.id, 'taken');
    expect(await until(panel.model.refused, (refused) => refused.length === 1)).toEqual([
      { id: row!.id, refusal: 'taken', command: 'accept', interaction: chat1 },
    ]);
    await panel.model.discard(row!.id);
    await until(panel.model.refused, (refused) => refused.length === 0);
  });
});

describe('interactions', () => {
  test('CHAT-10: tabs stand in arrival order with unread counts and timers', async () => {
    await grantChat1();
    await panel.disk.applyBatch([
      agentPart(1, granted(chat2)),
      interactionPart(chat2, 0, started, accepted),
      interactionPart(chat1, 3, fromMe('hi'), fromCustomer('one'), fromCustomer('two')),
    ]);
    const tabs = await until(panel.model.interactions.tabs, (all) => all.length === 2);
    expect(tabs.map(({ interaction }) => interaction)).toEqual([chat2, chat1]);
    expect(tabs[1]).toMatchObject({
      name: 'Lee',
      queue: 'Billing',
      acceptedAt: at(3),
      waitingSince: at(5),
      unread: 3,
      wrapUp: null,
      customer: 'here',
      isParked: false,
    });
  });

  test('CHAT-9: an offer, or an owner who is away for a moment, leaves a chat a chat with its timer', async () => {
    await grantChat1();
    const offered = { ...interactionEvents['offer-ended'], outcome: 'expired' } as const;
    const away = interactionEvents['owner-away'];
    await panel.disk.applyBatch([interactionPart(chat1, 3, fromCustomer('one'), offered, away)]);
    const [tab] = await until(panel.model.interactions.tabs, ([one]) => one?.unread === 2);
    expect(tab).toMatchObject({ channel: 'chat', waitingSince: at(2) });
  });

  test('an interaction that was granted but not read yet has no tab', async () => {
    await panel.disk.applyBatch([agentPart(0, granted())]);
    await until(panel.model.status.load, ([chat]) => chat?.used === 1);
    expect(panel.model.interactions.tabs.value).toEqual([]);
  });

  test('done interactions move to the recent ones', async () => {
    await grantChat1();
    await panel.disk.applyBatch([agentPart(1, revoked('done'))]);
    const done = await until(panel.model.interactions.done, (all) => all.length === 1);
    expect(done[0]?.interaction).toBe(chat1);
    await until(panel.model.interactions.tabs, (all) => all.length === 0);
  });

  test('a reopened panel comes back to the conversation that was on screen', async () => {
    await grantChat1();
    panel.model.interactions.select(chat1);
    await panel.disk.interaction(chat1);
    const again = await panel.anotherWindow();
    expect(again.interactions.selected.value).toBe(chat1);
  });
});

describe('a conversation', () => {
  let conversation: ConversationModel;
  beforeEach(async () => {
    await grantChat1();
    conversation = panel.model.interactions.conversation(chat1);
    await until(conversation.rows, (rows) => rows.length === 3);
  });
  afterEach(() => conversation.close());

  const messages = () =>
    conversation.rows.value.flatMap((row) => (row.kind === 'message' ? [row] : []));
  const firstRow = async () => (await panel.disk.overview()).outbox[0]!;

  test('CHAT-2: rows stand in the server’s order, lines among messages', () => {
    expect(conversation.rows.value.map((row) => [row.key, row.kind])).toEqual([
      ['s1', 'line'],
      ['s2', 'message'],
      ['s3', 'line'],
    ]);
    expect(conversation.rows.value[2]).toMatchObject({
      line: { type: 'joined', name: 'Ana', mine: true, waitedMs: 2_000 },
    });
    expect(conversation.facts.value).toMatchObject({
      email: 'lee@example.org',
      phase: 'active',
      dispositionRequired: true,
    });
  });

  test('CHAT-11: that the bot has failed is a line for the agent, with its note', async () => {
    const ended = { type: 'bot-ended', outcome: 'failed' } as const;
    const part = interactionPart(chat1, 3, ended);
    const events = part.events.map((one) => ({ ...one, content: { note: 'order 1042' } }));
    await panel.disk.applyBatch([{ ...part, events }]);
    const rows = await until(conversation.rows, ({ length }) => length === 4);
    expect(rows[3]).toMatchObject({
      line: { type: 'bot-ended', outcome: 'failed', note: 'order 1042' },
    });
  });

  test('CHAT-3: an own message goes from sending to sent, delivered and read, once at any time', async () => {
    const states: (string | null)[] = [];
    conversation.draft.value = 'hi there';
    expect(await conversation.send()).toBe('queued');
    expect(conversation.draft.value).toBe('');
    const stop = conversation.rows.subscribe(() => {
      const mine = messages().filter(({ mine }) => mine);
      expect(mine.length).toBeLessThanOrEqual(1);
      const state = mine[0]?.state ?? null;
      if (state !== states.at(-1)) states.push(state);
    });
    await until(conversation.rows, () => messages().at(-1)?.state === 'sending');
    const { id } = await firstRow();
    await panel.disk.acknowledge(id, `interaction:${chat1}`, 4);
    await until(conversation.rows, () => messages().at(-1)?.state === 'sent');
    await panel.disk.applyBatch([interactionPart(chat1, 3, fromMe('hi there', id))]);
    await until(conversation.rows, (rows) => rows.at(-1)?.key === 's4');
    const marks = { interaction: chat1, reader: 'customer' } as const;
    await panel.disk.applyMarks({ ...marks, delivered: 4, read: 0 });
    await until(conversation.rows, () => messages().at(-1)?.state === 'delivered');
    await panel.disk.applyMarks({ ...marks, delivered: 4, read: 4 });
    await until(conversation.rows, () => messages().at(-1)?.state === 'read');
    stop();
    expect(states.filter((state) => state !== null)).toEqual([
      'sending',
      'sent',
      'delivered',
      'read',
    ]);
  });

  test('CHAT-3: a refused message is shown as failed; Retry sends it under a new id', async () => {
    conversation.draft.value = 'too late';
    await conversation.send();
    const { id } = await firstRow();
    await panel.disk.refuse(id, 'not-active');
    await until(conversation.rows, () => messages().at(-1)?.state === 'failed');
    expect(messages().at(-1)).toMatchObject({ refusal: 'not-active', commandId: id });
    expect(panel.model.refused.value).toEqual([]);
    await conversation.retry(id);
    await until(conversation.rows, () => messages().at(-1)?.state === 'sending');
    expect(messages().at(-1)?.commandId).not.toBe(id);
    const retried = messages().at(-1)?.commandId as CommandId;
    await panel.disk.refuse(retried, 'not-active');
    await conversation.discard(retried);
    await until(conversation.rows, (rows) => rows.length === 3);
  });

  test('nothing is sent that is empty or too long', async () => {
    conversation.draft.value = '  \n ';
    expect(await conversation.send()).toBe('empty');
    conversation.draft.value = 'ä'.repeat(8_193);
    expect(await conversation.send()).toBe('too-long');
    expect(conversation.draft.value).toHaveLength(8_193);
    conversation.draft.value = '';
    expect((await panel.disk.overview()).outbox).toEqual([]);
  });

  test('the window holds 100 rows and grows by 100', async () => {
    const more = Array.from({ length: 250 }, (_, n) => fromCustomer(`n${n}`));
    await panel.disk.applyBatch([interactionPart(chat1, 3, ...more)]);
    await until(conversation.rows, (rows) => rows.at(-1)?.key === 's253');
    expect(conversation.rows.value).toHaveLength(100);
    expect(conversation.hasEarlier.value).toBe(true);
    conversation.earlier();
    await until(conversation.rows, (rows) => rows.length === 200);
    conversation.earlier();
    await until(conversation.rows, (rows) => rows.length === 253);
    await until(conversation.hasEarlier, (has) => !has);
  });

  test('rows that did not change stay the same objects', async () => {
    const before = conversation.rows.value;
    await panel.disk.applyBatch([interactionPart(chat1, 3, fromCustomer('more'))]);
    await until(conversation.rows, (rows) => rows.length === 4);
    expect(conversation.rows.value.slice(0, 3).every((row, n) => row === before[n])).toBe(true);
  });

  test('reading clears the dot and is told to the background', async () => {
    conversation.seen();
    await until(panel.model.interactions.tabs, ([tab]) => tab?.unread === 0);
    expect(await panel.disk.reads()).toEqual([{ interaction: chat1, seq: 3 }]);
    expect(panel.nudges).toContainEqual({ type: 'disk' });
  });

  test('CHAT-4: the customer’s typing is held 10 s, or until the message is here', async () => {
    const typing = { interaction: chat1, by: 'customer', name: null } as const;
    panel.hear({ ...typing, interaction: chat2 });
    expect(conversation.customerTyping.value).toBe(false);
    panel.hear(typing);
    expect(conversation.customerTyping.value).toBe(true);
    panel.clock.advance(9_999);
    expect(conversation.customerTyping.value).toBe(true);
    panel.clock.advance(1);
    expect(conversation.customerTyping.value).toBe(false);
    panel.hear(typing);
    await panel.disk.applyBatch([interactionPart(chat1, 3, fromCustomer('here it is'))]);
    await until(conversation.customerTyping, (is) => !is);
  });

  test('CHAT-4: the agent’s typing is told at most every 3 s', () => {
    const told = () => panel.nudges.filter(({ type }) => type === 'typing').length;
    conversation.typing();
    conversation.typing();
    expect(told()).toBe(1);
    panel.clock.advance(3_000);
    conversation.typing();
    expect(told()).toBe(2);
  });

  test('END-1: ending and marking done ask once; a missing disposition is told', async () => {
    await conversation.end();
    await until(panel.model.connection, ({ waiting }) => waiting.changes === 1);
    await conversation.end();
    expect(await panel.disk.waiting(0)).toHaveLength(1);
    expect(await conversation.markDone()).toBe('disposition-missing');
    conversation.wrapUp.value = { dispositions: ['solved'], note: 'paid' };
    expect(await conversation.markDone()).toBe('queued');
    expect((await panel.disk.waiting(0)).at(-1)?.command).toEqual({
      type: 'mark-done',
      interaction: chat1,
      dispositions: ['solved'],
      note: 'paid',
      resolved: null,
      answers: {},
      tags: null,
      data: {},
      sendTranscript: false,
      workflow: null,
    });
  });

  test('a message that was refused after its conversation left the desk is still told', async () => {
    conversation.draft.value = 'lost?';
    await conversation.send();
    const { id } = await firstRow();
    await panel.disk.applyBatch([agentPart(1, revoked('owner-lost'))]);
    await panel.disk.refuse(id, 'unknown-interaction');
    expect(await until(panel.model.refused, (refused) => refused.length === 1)).toEqual([
      { id, refusal: 'unknown-interaction', command: 'post', interaction: chat1 },
    ]);
  });
});

test('server time ticks once a second, from the clocks that the background has stored', async () => {
  await panel.disk.setTime({ serverNow: T + 60_000, at: T });
  const { now } = panel.model;
  await until(now, (time) => time === T + 60_000);
  panel.clock.advance(999);
  expect(now.value).toBe(T + 60_000);
  panel.clock.advance(1);
  expect(now.value).toBe(T + 61_000);
});
