import { expect, test } from 'vitest';
import type { AgentId, InteractionId, OfferId } from '../../protocol/ids.ts';
import { closeCodes } from '../../protocol/refusals.ts';
import type { Transport } from '../../widget/chat/connection.ts';
import type { CustomerLink } from '../../widget/chat/link.ts';
import { demoSite } from './world/door.ts';
import { createWorld, type World } from './world/world.ts';

const queue = demoSite.queues[0]!.id;
const marta = { kind: 'agent', agent: 'marta' as AgentId, name: 'Marta' } as const;
const accepted = {
  type: 'accepted',
  offer: 'o1' as OfferId,
  agent: marta.agent,
  name: 'Marta',
  epoch: 1,
} as const;

async function chatting() {
  const world = createWorld();
  const tab = await world.openTab();
  tab.start({ queue, language: 'en', name: 'Ana' });
  await world.settle();
  world.door.append(accepted);
  await world.settle();
  return { world, tab };
}

/** What is on the screen, oldest first; what isn't stored yet in brackets. */
const words = (tab: CustomerLink) => {
  const { talk, pending } = tab.state();
  return [
    ...(talk?.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])) ?? []),
    ...pending.flatMap(({ command }) => (command.type === 'post' ? [`[${command.text}]`] : [])),
  ];
};
const stored = (world: World) =>
  world.door.rooms.flatMap((room) =>
    room.events.flatMap(({ event, content }) =>
      event.type === 'message-posted' ? [content?.text] : [],
    ),
  );

test('a customer who never wrote is greeted with the site and no talk', async () => {
  const world = createWorld();
  const tab = await world.openTab();
  expect(tab.state()).toMatchObject({ connection: 'live', site: { name: 'Harbour & Pine' } });
  expect(tab.state().talk).toBeNull();
});

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

test('a talk begun in another tab appears here', async () => {
  const world = createWorld();
  const [one, two] = [await world.openTab(), await world.openTab()];
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

test('a heartbeat goes every 20 s, and 50 s of silence is a dead line', async () => {
  const { world, tab } = await chatting();
  await world.pass(100_000);
  expect(world.door.received.filter((frame) => frame.type === 'heartbeat')).toHaveLength(5);
  expect(tab.state().connection).toBe('live');
  world.lost.down = () => true;
  await world.pass(49_000);
  expect(tab.state().connection).toBe('live');
  await world.pass(1_500);
  expect(tab.state().connection).not.toBe('live');
});

test('a server that is away is asked again ever more slowly, and at once when the customer looks', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  await world.pass(120_000);
  const waits = world.knocks.slice(1).map((at, n) => at - (world.knocks[n] ?? 0));
  expect(waits.slice(0, 6)).toEqual([750, 1500, 3000, 6000, 11250, 11250]);
  world.network(true);
  tab.wake();
  await world.settle();
  expect(tab.state().connection).toBe('live');
});

test.each(['protocol-too-old', 'wrong-origin', 'not-signed-in'] as const)(
  'a door that closes with %s is not knocked at again',
  async (name) => {
    const { world, tab } = await chatting();
    world.door.closeAll(closeCodes[name]);
    await world.pass(120_000);
    expect(tab.state()).toMatchObject({ connection: 'stopped', stopCode: closeCodes[name] });
    expect(world.door.received.filter((frame) => frame.type === 'hello')).toHaveLength(1);
  },
);

test.each(['going-away', 'try-later', 'too-slow', 'bad-frame'] as const)(
  'a door that closes with %s is tried again',
  async (name) => {
    const { world, tab } = await chatting();
    world.door.closeAll(closeCodes[name]);
    await world.pass(2_000);
    expect(tab.state().connection).toBe('live');
  },
);

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

test('words that were removed are gone from the screen', async () => {
  const { world, tab } = await chatting();
  tab.post('my card is 4111 1111 1111 1111');
  await world.settle();
  world.door.append({ type: 'content-removed', seqs: [3] });
  await world.settle();
  expect(words(tab)).toEqual([null]);
});

test('a socket that was given up is not heard any more, whatever it still has to say', async () => {
  const { world } = await chatting();
  type Hear = Parameters<Transport>[0];
  const hears: Hear[] = [];
  const tab = await world.openTab({
    transport: (hear) => {
      hears.push(hear);
      return { send: () => {}, close: () => {} };
    },
  });
  await world.pass(11_000);
  expect(hears.length).toBeGreaterThan(1);
  hears[0]!.opened();
  hears[0]!.received('{"type":"welcome","now":1,"interaction":null}');
  hears[0]!.closed(closeCodes['wrong-origin']);
  expect(tab.state().connection).toBe('opening');
});
