import { expect, test } from 'vitest';
import type { InteractionId } from '../../protocol/ids.ts';
import { accepted, chatting, marta, queue, words } from './world/talking.ts';
import { createWorld } from './world/world.ts';

test('a customer who never wrote is greeted with the site and no talk', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  expect(tab.state()).toMatchObject({ connection: 'live', site: { name: 'Harbour & Pine' } });
  expect(tab.state().talk).toBeNull();
});

test('CHAT-12: after a cut the tab says where it was and gets only what it missed', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  world.door.append({ type: 'message-posted', author: marta }, 'Are you there?');
  await world.pass(5_000);
  expect(tab.state().connection).not.toBe('live');
  world.network(true);
  await world.pass(20_000);
  const hello = world.door.received.findLast((frame) => frame.type === 'hello');
  expect(hello).toMatchObject({ cursor: { interaction: 'talk-1', seq: 2 } });
  expect(words(tab)).toEqual(['Are you there?']);
});

test('CHAT-12: a page that is loaded anew reads the transcript from its beginning', async () => {
  const { world, tab } = await chatting();
  tab.post('Hello');
  await world.settle();
  tab.close();
  const next = await world.openTab();
  expect(world.door.received.findLast((frame) => frame.type === 'hello')).toMatchObject({
    cursor: null,
  });
  expect(words(next)).toEqual(['Hello']);
});

test('a batch that was seen already changes nothing, one with a gap is asked for from the cursor', async () => {
  const { world, tab } = await chatting();
  const whole = { of: 'interaction', interaction: 'talk-1' as InteractionId, epoch: 0 } as const;
  const { events } = world.door.rooms[0]!;
  world.lost.down = () => true;
  world.door.append({ type: 'message-posted', author: marta }, 'first');
  world.door.append({ type: 'message-posted', author: marta }, 'second');
  world.lost.down = () => false;
  const late = { ...whole, after: 3, upTo: 4, events: events.slice(3) };
  world.door.say({ type: 'batch', batch: 98, parts: [late] });
  await world.settle();
  expect(world.door.received.filter((frame) => frame.type === 'from')).toEqual([
    { type: 'from', stream: 'interaction:talk-1', epoch: 0, after: 2 },
  ]);
  expect(words(tab)).toEqual(['first', 'second']);
  world.door.say({ type: 'batch', batch: 99, parts: [{ ...whole, after: 0, upTo: 4, events }] });
  await world.settle();
  expect(words(tab)).toEqual(['first', 'second']);
});

test('a batch that reaches back before the cursor adds only what is new', async () => {
  const { world, tab } = await chatting();
  world.lost.down = (text) => text.includes('batch');
  world.door.append({ type: 'message-posted', author: marta }, 'new');
  world.lost.down = () => false;
  const { events } = world.door.rooms[0]!;
  const whole = { of: 'interaction', interaction: 'talk-1' as InteractionId, epoch: 0 } as const;
  world.door.say({ type: 'batch', batch: 98, parts: [{ ...whole, after: 0, upTo: 3, events }] });
  await world.settle();
  expect(tab.state().talk?.entries.map((entry) => entry.seq)).toEqual([2, 3]);
});

test('ROUTE-10: starting twice, in one tab and in two, is one interaction', async () => {
  const world = createWorld();
  const [one, two] = [await world.openTab(), await world.openTab()];
  one.start({ queue, language: 'en' });
  one.start({ queue, language: 'en' });
  two.start({ queue, language: 'en' });
  await world.settle();
  expect(world.door.rooms).toHaveLength(1);
  expect([one, two].map((tab) => tab.state().talk?.interaction)).toEqual(['talk-1', 'talk-1']);
  expect(world.door.commands()).toHaveLength(2);
  expect(await world.drive.open().rows()).toEqual([]);
});

test('ROUTE-10: two tabs of one browser are one customer', async () => {
  const world = createWorld();
  await Promise.all([world.openTab(), world.openTab()]);
  const secrets = world.door.received.flatMap((frame) =>
    frame.type === 'hello' ? [frame.secret] : [],
  );
  expect(secrets).toHaveLength(2);
  expect(new Set(secrets).size).toBe(1);
});

test('a start answered long ago, whose interaction is over, ends on the screen too', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  world.lost.down = (text) => text.includes('"ack"') || text.includes('"batch"');
  tab.start({ queue, language: 'en' });
  await world.settle();
  world.network(false);
  world.door.append({ type: 'abandoned', by: 'customer-left' });
  world.lost.down = () => false;
  world.network(true);
  await world.pass(30_000);
  expect(tab.state().talk).toMatchObject({ interaction: 'talk-1', phase: 'over' });
});

test('a talk begun in another tab appears here', async () => {
  const world = createWorld();
  const [one, two] = [await world.openTab(), await world.openTab()];
  two.start({ queue, language: 'en' });
  await world.settle();
  expect(one.state().talk?.interaction).toBe('talk-1');
});

test('a talk begun in another tab appears here even when what the server tells of it is lost', async () => {
  const world = createWorld();
  const [one, two] = [await world.openTab(), await world.openTab()];
  world.lost.down = (text) => text.startsWith('{"type":"batch"');
  two.start({ queue, language: 'en' });
  await world.settle();
  expect(one.state().talk?.interaction).toBe('talk-1');
});

test('leaving ends the talk; leaving what is over already is no failure', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  tab.leave();
  tab.leave();
  world.door.append({ type: 'ended', by: 'agent', wrapUpUntil: null });
  await world.settle();
  world.network(true);
  await world.pass(20_000);
  expect(world.door.commands().filter((frame) => frame.command.type === 'leave')).toHaveLength(1);
  expect(tab.state().pending).toEqual([]);
  expect(tab.state().talk?.phase).toBe('over');
});

test('after the end a new one begins with an empty transcript', async () => {
  const { world, tab } = await chatting();
  tab.post('old');
  await world.settle();
  tab.leave();
  await world.settle();
  expect(tab.state().talk?.phase).toBe('over');
  tab.start({ queue, language: 'en' });
  await world.settle();
  expect(tab.state().talk).toMatchObject({ interaction: 'talk-2', phase: 'queued', entries: [] });
});

test('CHAT-3: delivered and read of the agent’s side only ever grow', async () => {
  const { world, tab } = await chatting();
  const marks = { type: 'marks', interaction: 'talk-1' as InteractionId, reader: 'agent' } as const;
  world.door.say({ ...marks, delivered: 4, read: 3 });
  world.door.say({ ...marks, delivered: 3, read: 1 });
  world.door.say({ ...marks, reader: 'customer', delivered: 9, read: 9 });
  await world.settle();
  expect(tab.state()).toMatchObject({ delivered: 4, read: 3 });
});

test('what the customer has read is told once, and other tabs know it', async () => {
  const { world, tab } = await chatting();
  const other = await world.openTab();
  tab.read();
  tab.read();
  await world.pass(1_000);
  const read = world.door.received.filter((frame) => frame.type === 'read');
  expect(read).toEqual([{ type: 'read', interaction: 'talk-1', seq: 2 }]);
  expect(other.state().readUpTo).toBe(2);
});

test('CHAT-4: typing is told at most every 3 s and held 10 s, or until the message comes', async () => {
  const { world, tab } = await chatting();
  for (let n = 0; n < 10; n++) tab.typing();
  await world.settle();
  expect(world.door.received.filter((frame) => frame.type === 'typing')).toHaveLength(1);
  const typing = { type: 'typing', interaction: 'talk-1' as InteractionId, by: 'agent' } as const;
  world.door.say({ ...typing, name: 'Marta' });
  await world.settle();
  expect(tab.state().typing).toEqual({ name: 'Marta' });
  await world.pass(10_000);
  expect(tab.state().typing).toBeNull();
  world.door.say({ ...typing, name: 'Marta' });
  world.door.append({ type: 'message-posted', author: marta }, 'Hi');
  await world.settle();
  expect(tab.state().typing).toBeNull();
});

test('ROUTE-7: the place in the queue is shown until somebody answers', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  tab.start({ queue, language: 'en' });
  await world.settle();
  const interaction = 'talk-1' as InteractionId;
  world.door.say({ type: 'position', interaction, position: 3, estimateMs: 120_000 });
  await world.settle();
  expect(tab.state().position).toEqual({ position: 3, estimateMs: 120_000 });
  world.door.append(accepted);
  await world.settle();
  expect(tab.state().position).toBeNull();
});

test('words that were removed are gone from the screen', async () => {
  const { world, tab } = await chatting();
  tab.post('my card is 4111 1111 1111 1111');
  await world.settle();
  world.door.append({ type: 'content-removed', seqs: [3] });
  await world.settle();
  expect(words(tab)).toEqual([null]);
});
