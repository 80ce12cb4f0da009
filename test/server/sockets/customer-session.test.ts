import { expect, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import { type InteractionId, interactionStream } from '../../../protocol/ids.ts';
import { closeCodes } from '../../../protocol/refusals.ts';
import { markDone } from '../stories.ts';
import { ana, customerOf, queue, secretOf, server } from './world.ts';

test('a new customer is welcomed with the site and no interaction', async () => {
  const tab = await (await server()).tab();
  expect(tab.frames).toEqual([
    {
      type: 'welcome',
      protocol: 2,
      now: expect.any(Number),
      site: expect.objectContaining({ name: 'Shop' }),
      queues: [],
      interaction: null,
    },
  ]);
});

test('the start is acknowledged, then the interaction follows', async () => {
  const { tab, interaction } = await (await server()).waiting();
  expect(tab.frames.map(({ type }) => type)).toEqual(['welcome', 'ack', 'batch']);
  expect(tab.of('batch')[0]?.parts).toMatchObject([
    { of: 'interaction', interaction, epoch: 0, after: 0, upTo: 2 },
  ]);
  expect(tab.events()).toEqual(['started', 'queued']);
});

test('ROUTE-10: started in two tabs it is one interaction, and both follow it', async () => {
  const world = await server();
  const first = await world.tab();
  const second = await world.tab();
  const acks = await Promise.all(
    [first, second].map((tab) => tab.command({ type: 'start', queue, language: 'en' })),
  );
  expect(acks[0]?.stream).toBe(acks[1]?.stream);
  await world.clock.settle();
  expect(first.events()).toEqual(second.events());
  const again = await second.command({ type: 'start', queue, language: 'en' });
  expect(again.stream).toBe(acks[0]?.stream);
  expect(second.of('batch')).toHaveLength(1);
});

test('ROUTE-10: what begins in one tab is followed at once by all that are open', async () => {
  const world = await server();
  const [first, second] = [await world.tab(), await world.tab()];
  const stranger = await world.tab('mallory');
  const ack = await first.command({ type: 'start', queue, language: 'en' });
  const interaction = ack.stream.slice('interaction:'.length) as InteractionId;
  expect(second.events()).toEqual(['started', 'queued']);
  await second.command({ type: 'post', interaction, text: 'from here' });
  for (const tab of [first, second]) {
    expect(tab.events()).toEqual(['started', 'queued', 'from here']);
    expect(tab.of('batch').map(({ parts }) => parts.length)).toEqual([1, 1]);
  }
  expect(stranger.events()).toEqual([]);
});

test('ROUTE-10: also by one that is just being let in, and by one that shows an older one', async () => {
  const world = await server();
  const { desk, tab, interaction: old } = await world.talking();
  await desk.command({ type: 'end', interaction: old });
  await desk.command(markDone(old) as AgentCommand);
  const look = world.store.streamByKey;
  let answer = () => {};
  world.store.streamByKey = async (key) => {
    const found = await look(key);
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return found;
  };
  const late = await world.tab();
  await tab.command({ type: 'start', queue, language: 'en' });
  expect(tab.events().slice(-2)).toEqual(['started', 'queued']);
  answer();
  await world.clock.settle();
  const begun = tab.last('batch')?.parts.at(-1);
  expect(late.last('welcome')).toMatchObject({
    interaction: begun?.of === 'interaction' && begun.interaction,
  });
  expect(late.events()).toEqual(['started', 'queued']);
});

test('CHAT-12: a page that is loaded again goes on where it was', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  await tab.command({ type: 'post', interaction, text: 'hello' });
  tab.close();
  const empty = await world.tab();
  expect(empty.last('welcome')).toMatchObject({ interaction });
  expect(empty.events()).toEqual(['started', 'queued', 'hello']);
  const knowing = await world.tab('carla', { interaction, seq: 2 });
  expect(knowing.events()).toEqual(['hello']);
});

test('the end of the conversation that a tab still shows comes, too', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const seq = world.disk.streams.get(interactionStream(interaction))!.events.length;
  tab.close();
  await desk.command({ type: 'end', interaction });
  const back = await world.tab('carla', { interaction, seq });
  expect(back.last('welcome')).toMatchObject({ interaction: null });
  expect(back.events()).toEqual(['ended']);
});

test('TRUST-4: a cursor opens no interaction of somebody else', async () => {
  const world = await server();
  const { interaction } = await world.waiting('carla');
  const mallory = await world.tab('mallory', { interaction, seq: 0 });
  expect(mallory.last('welcome')).toMatchObject({ interaction: null });
  mallory.send({ type: 'from', stream: interactionStream(interaction), epoch: 0, after: 0 });
  expect(mallory.last('refused')).toMatchObject({ refusal: 'unknown-interaction' });
  mallory.send({ type: 'read', interaction, seq: 1 });
  expect(await mallory.refusal({ type: 'post', interaction, text: 'hi' })).toMatchObject({
    refusal: 'unknown-interaction',
    retryMs: null,
  });
  await world.clock.advance(5_000);
  expect(mallory.events()).toEqual([]);
  expect(mallory.of('refused')).toHaveLength(3);
  expect(world.disk.marks.size).toBe(1);
});

test('the secret never comes back, and neither does what it makes', async () => {
  const world = await server();
  const { tab } = await world.talking();
  const text = JSON.stringify(tab.frames);
  expect(text).not.toContain(secretOf('carla'));
  expect(text).not.toContain(customerOf(secretOf('carla')));
  expect(text).not.toContain(`"${ana}"`);
});

test('TRUST-5: one customer has at most twenty tabs', async () => {
  const world = await server();
  const tabs = [];
  for (let n = 0; n < 20; n++) tabs.push(await world.tab());
  const tooMany = await world.tab();
  expect(tooMany.last('refused')).toMatchObject({ refusal: 'too-many' });
  expect(tooMany.closed()).toBe(closeCodes['too-many']);
  tabs[0]?.close();
  expect((await world.tab()).closed()).toBe(null);
});

test('a site that the centre doesn’t have is no door', async () => {
  const world = await server();
  const tab = world.customer();
  tab.send({ type: 'hello', protocol: 2, secret: secretOf('c'), site: 'nowhere', cursor: null });
  await world.clock.settle();
  expect(tab.last('refused')).toMatchObject({ refusal: 'wrong-origin' });
  expect(tab.closed()).toBe(closeCodes['wrong-origin']);
});

test('ROUTE-7: the place in the queue is told to its customer', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  const other = await world.waiting('other');
  const position = { interaction, position: 3, estimateMs: null };
  const customer = customerOf(secretOf('carla'));
  world.bus.tell({ type: 'position', customer, ...position });
  await world.clock.settle();
  expect(tab.of('position')).toEqual([{ type: 'position', ...position }]);
  expect(other.tab.of('position')).toEqual([]);
});

test('a customer’s heartbeat is every twenty seconds, silence ends after fifty', async () => {
  const world = await server();
  const tab = await world.tab();
  await world.clock.advance(49_000);
  expect(tab.of('heartbeat')).toHaveLength(2);
  expect(tab.closed()).toBe(null);
  await world.clock.advance(1_000);
  expect(tab.closed()).toBe(closeCodes['going-away']);
});

test('while the store is away a tab is asked to come back later', async () => {
  const world = await server();
  world.weather.away = true;
  const tab = await world.tab('carla', { interaction: 'i-1' as InteractionId, seq: 0 });
  expect(tab.closed()).toBe(closeCodes['try-later']);
});
