import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConversationModel } from '../../desk/models/panel-model.ts';
import { settled } from './link-world.ts';
import { type PanelUnderTest, panelUnderTest, until } from './panel.ts';
import { accepted, agentPart, chat1, granted, interactionPart, started } from './parts.ts';

let panel: PanelUnderTest;
const open: ConversationModel[] = [];

beforeEach(async () => {
  panel = await panelUnderTest();
  await panel.disk.applyBatch([
    agentPart(0, granted()),
    interactionPart(chat1, 0, started, accepted),
  ]);
});
afterEach(async () => {
  for (const conversation of open.splice(0)) conversation.close();
  await panel.close();
});

async function conversationIn(model = panel.model): Promise<ConversationModel> {
  const conversation = model.interactions.conversation(chat1);
  open.push(conversation);
  await until(conversation.rows, (rows) => rows.length === 2);
  return conversation;
}

/** The disk's draft once it is as wished; it is asked again after whatever is under way. */
async function kept(wish: (text: string) => boolean): Promise<string> {
  for (;;) {
    const text = (await panel.disk.draft(chat1))?.text ?? '';
    if (wish(text)) return text;
    await settled();
  }
}

test('CHAT-15: a draft is on the disk after a pause in typing, and there again in a reopened panel', async () => {
  const conversation = await conversationIn();
  conversation.draft.value = 'Dear';
  panel.clock.advance(299);
  conversation.draft.value = 'Dear Lee';
  expect((await panel.disk.draft(chat1))?.text ?? '').toBe('');
  panel.clock.advance(1);
  expect(await kept((text) => text !== '')).toBe('Dear Lee');
  conversation.close();
  const again = await conversationIn(await panel.anotherWindow());
  await until(again.draft, (text) => text === 'Dear Lee');
  expect(again.draftHere.value).toBe(true);
});

test('CHAT-15: closing the conversation keeps what was typed a moment ago', async () => {
  const conversation = await conversationIn();
  conversation.draft.value = 'half a sen';
  conversation.wrapUp.value = { dispositions: ['solved'], note: 'paid' };
  conversation.close();
  await kept((text) => text === 'half a sen');
  expect(await panel.disk.draft(chat1)).toMatchObject({ dispositions: ['solved'], note: 'paid' });
});

test('CHAT-15: a second window shows the draft and doesn’t edit it, until it takes it over', async () => {
  const first = await conversationIn();
  first.draft.value = 'from the first';
  panel.clock.advance(300);
  await kept((text) => text === 'from the first');

  const second = await conversationIn(await panel.anotherWindow());
  await until(second.draftHere, (here) => !here);
  await until(second.draft, (text) => text === 'from the first');
  first.draft.value = 'from the first, more';
  panel.clock.advance(300);
  await until(second.draft, (text) => text === 'from the first, more');

  second.editHere();
  await until(first.draftHere, (here) => !here);
  await until(second.draftHere, (here) => here);
  second.draft.value = 'from the second';
  panel.clock.advance(300);
  await until(first.draft, (text) => text === 'from the second');
});

test('CHAT-15: when the window that edits is closed, the next one edits', async () => {
  const first = await conversationIn();
  const second = await conversationIn(await panel.anotherWindow());
  await until(second.draftHere, (here) => !here);
  first.draft.value = 'left behind';
  first.close();
  await until(second.draftHere, (here) => here);
  expect(second.draft.value).toBe('left behind');
});

test('CHAT-3: sending empties the draft in the transaction that writes the message', async () => {
  const conversation = await conversationIn();
  conversation.draft.value = 'hello';
  panel.clock.advance(300);
  await kept((text) => text === 'hello');
  await conversation.send();
  expect((await panel.disk.draft(chat1))?.text).toBe('');
  expect((await panel.disk.waiting(0)).map(({ command }) => command)).toEqual([
    { type: 'post', interaction: chat1, text: 'hello' },
  ]);
});

test('what is typed while the message is being written stays', async () => {
  const conversation = await conversationIn();
  conversation.draft.value = 'first';
  const sending = conversation.send();
  conversation.draft.value = 'second';
  await sending;
  panel.clock.advance(300);
  await kept((text) => text === 'second');
  expect(conversation.draft.value).toBe('second');
});
