import { expect, test } from 'vitest';
import { chatting, queue, stored, words } from './world/talking.ts';
import { createWorld } from './world/world.ts';

test('TRUST-2: a message is sent with its own id, acknowledged, and shown once', async () => {
  const { world, tab } = await chatting();
  tab.post('Hello');
  expect(words(tab)).toEqual(['[Hello]']);
  await world.settle();
  expect(words(tab)).toEqual(['Hello']);
  expect(await world.drive.open().rows()).toEqual([]);
});

test('CHAT-3: what is typed offline goes out once, in its order, when the line is back', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  for (const text of ['one', 'two', 'three']) tab.post(text);
  await world.pass(60_000);
  expect(words(tab)).toEqual(['[one]', '[two]', '[three]']);
  expect(stored(world)).toEqual([]);
  world.network(true);
  await world.pass(20_000);
  expect(words(tab)).toEqual(['one', 'two', 'three']);
  expect(stored(world)).toEqual(['one', 'two', 'three']);
});

test('TRUST-1: when the acknowledgement is lost the same id goes again and nothing doubles', async () => {
  const { world, tab } = await chatting();
  world.lost.down = (text) => text.includes('"ack"') || text.includes('"batch"');
  tab.post('once');
  await world.settle();
  world.lost.down = () => false;
  world.network(true);
  await world.pass(20_000);
  const sent = world.door.commands().filter((frame) => frame.command.type === 'post');
  expect(sent).toHaveLength(2);
  expect(new Set(sent.map((frame) => frame.id)).size).toBe(1);
  expect(stored(world)).toEqual(['once']);
  expect(words(tab)).toEqual(['once']);
});

test('TRUST-1: a command that gets no answer on a living line is sent again with its id', async () => {
  const { world, tab } = await chatting();
  world.lost.up = (text) => text.includes('lonely');
  tab.post('lonely');
  await world.pass(9_000);
  expect(stored(world)).toEqual([]);
  world.lost.up = () => false;
  await world.pass(2_000);
  expect(stored(world)).toEqual(['lonely']);
});

test('CHAT-12: a message left in the outbox of a dead page is sent by the next one', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  tab.post('kept');
  await world.settle();
  tab.close();
  world.network(true);
  const next = await world.openTab();
  await world.settle();
  expect(words(next)).toEqual(['kept']);
});

test('a first message waits for its interaction and follows at once', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  world.network(false);
  tab.start({ queue, language: 'en' });
  tab.post('Where is my parcel?');
  await world.pass(30_000);
  world.network(true);
  await world.pass(20_000);
  expect(world.door.commands().map((frame) => frame.command.type)).toEqual(['start', 'post']);
  expect(words(tab)).toEqual(['Where is my parcel?']);
});

test('a start that is refused for good is replaced by the next one, and what waited goes with it', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  world.door.refuseNext('unknown-queue');
  tab.start({ queue, language: 'en' });
  tab.post('Hello?');
  await world.settle();
  expect(tab.state().pending.map((row) => row.failed)).toEqual(['unknown-queue', null]);
  tab.start({ queue, language: 'en' });
  await world.settle();
  expect(tab.state().pending).toEqual([]);
  expect(words(tab)).toEqual(['Hello?']);
});

test('a final no fails the message and lets the next one pass; Retry is a new command', async () => {
  const { world, tab } = await chatting();
  world.door.refuseNext('text-too-long');
  tab.post('too long');
  tab.post('short');
  await world.settle();
  expect(words(tab)).toEqual(['short', '[too long]']);
  const failed = tab.state().pending[0]!;
  expect(failed.failed).toBe('text-too-long');
  tab.retry(failed.id);
  await world.settle();
  expect(words(tab)).toEqual(['short', 'too long']);
  const posts = world.door.commands().filter((frame) => frame.command.type === 'post');
  expect(new Set(posts.map((frame) => frame.id)).size).toBe(3);
});

test('a failed message can be discarded, in every tab', async () => {
  const { world, tab } = await chatting();
  const other = await world.openTab();
  world.door.refuseNext('text-too-long');
  tab.post('no');
  await world.settle();
  expect(words(other)).toEqual(['[no]']);
  other.discard(other.state().pending[0]!.id);
  await world.settle();
  expect([words(tab), words(other)]).toEqual([[], []]);
});

test('"try later" keeps the order: the same row goes again before the ones after it', async () => {
  const { world, tab } = await chatting();
  world.door.refuseNext('try-later', 3_000);
  tab.post('one');
  tab.post('two');
  await world.settle();
  expect(stored(world)).toEqual([]);
  await world.pass(2_900);
  expect(stored(world)).toEqual([]);
  await world.pass(200);
  expect(stored(world)).toEqual(['one', 'two']);
});

test('only the tab whose turn it is sends; when it closes the next one does', async () => {
  const { world, tab } = await chatting();
  const other = await world.openTab();
  expect([tab.holdsTurn(), other.holdsTurn()]).toEqual([true, false]);
  other.post('from the second tab');
  await world.settle();
  expect(stored(world)).toEqual(['from the second tab']);
  expect(words(tab)).toEqual(['from the second tab']);
  tab.close();
  expect(other.holdsTurn()).toBe(true);
});

test('a tab that the browser put to sleep loses its turn to one that is awake', async () => {
  const world = createWorld();
  const asleep = await world.openTab({
    // Its socket never opens: nothing happens in that tab any more.
    transport: () => ({ send: () => {}, close: () => {} }),
  });
  const awake = await world.openTab();
  awake.start({ queue, language: 'en' });
  await world.settle();
  expect(world.door.rooms).toHaveLength(0);
  await world.pass(5_000);
  expect(world.door.rooms).toHaveLength(1);
  expect([asleep.holdsTurn(), awake.holdsTurn()]).toEqual([false, true]);
});

test('an outbox has an end, and says so', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  const taken = Array.from({ length: 120 }, (_, n) => tab.post(`message ${n}`));
  await world.settle();
  expect(taken.filter(Boolean)).toHaveLength(100);
});

test('a message that the disk does not take is shown as failed, and Retry keeps it', async () => {
  const world = createWorld();
  let full = true;
  const disk = world.drive.open();
  const tab = await world.openTab({
    disk: { ...disk, add: (...row) => (full ? Promise.reject(new Error()) : disk.add(...row)) },
  });
  tab.post('no room');
  await world.settle();
  expect(tab.state().pending[0]?.failed).toBe('not-kept');
  full = false;
  tab.start({ queue, language: 'en' });
  tab.retry(tab.state().pending[0]!.id);
  await world.settle();
  expect(words(tab)).toEqual(['no room']);
});
