import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryAccess } from '../../desk/access.ts';
import { OUTBOX_ROWS_MAX } from '../../desk/disk/contract.ts';
import { memoryDisk } from '../../desk/disk/memory.ts';
import { liveOn } from '../../desk/live.ts';
import { createPanelModel } from '../../desk/models/create-panel-model.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import { heldClock } from './held-clock.ts';
import { type PanelUnderTest, panelUnderTest, until } from './panel.ts';
import {
  accepted,
  agentPart,
  chat1,
  chat2,
  commandId,
  fromCustomer,
  granted,
  interactionPart,
  offer1,
  offerMade,
  started,
  T,
} from './parts.ts';

let panel: PanelUnderTest;
beforeEach(async () => {
  panel = await panelUnderTest();
  await panel.disk.applyBatch([
    agentPart(0, granted(), offerMade(offer1, chat2)),
    interactionPart(chat1, 0, started, fromCustomer('hello'), accepted),
  ]);
});
afterEach(() => panel.close());

const enqueue = (n: number, command: AgentCommand) =>
  panel.disk.enqueue({ id: commandId(n), command, createdAt: T });

test('CHAT-3: messages wait as messages, other acts as changes, the desk’s own reports as neither', async () => {
  const { connection, offers } = panel.model;
  await enqueue(1, { type: 'offer-shown', interaction: chat2, offer: offer1 });
  await enqueue(2, { type: 'can-show' });
  const [offer] = await until(offers.open, (open) => open.length === 1);
  await offers.accept(offer!);
  await until(connection, ({ waiting }) => waiting.changes > 0);
  expect(connection.value.waiting).toEqual({ messages: 0, changes: 1 });
  await enqueue(3, { type: 'post', interaction: chat1, text: 'hello' });
  await until(connection, ({ waiting }) => waiting.messages > 0);
  expect(connection.value.waiting).toEqual({ messages: 1, changes: 1 });
});

test('CHAT-15: a message that finds the outbox full stays in the draft', async () => {
  // In memory: two thousand rows take a fake IndexedDB a minute.
  const disk = memoryDisk().open();
  const clock = heldClock(T);
  for (let n = 0; n < OUTBOX_ROWS_MAX; n++)
    await disk.enqueue({ id: commandId(n), command: { type: 'can-show' }, createdAt: T });
  const model = createPanelModel({
    disk,
    clock,
    live: liveOn(clock),
    newId: () => commandId('new'),
    fetch: () => Promise.reject(new TypeError('no network here')),
    permit: async () => true,
    access: memoryAccess(),
    nudge: () => {},
    onTyping: () => () => {},
    locks: navigator.locks,
  });
  const conversation = model.interactions.conversation(chat1);
  conversation.draft.value = 'one more';
  expect(await conversation.send()).toBe('full');
  expect(conversation.draft.value).toBe('one more');
  conversation.close();
  model.close();
});
