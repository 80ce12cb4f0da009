import { expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import { byCustomer } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { on } from '../stories.ts';

const claims = 'claims' as QueueId;
const overflow = { queue: claims, afterMs: 60_000 };
const HOUR = 3_600_000;

const spine = (settings: SpineSettings = {}): Promise<Spine> =>
  new Spine({
    queues: ['orders', 'claims'],
    queueNames: ['orders', 'claims'],
    queue: { overflow },
    ...settings,
  }).route();

const queueOf = async (world: Spine, id: string) => (await world.interaction(id))?.queue;

test('ROUTE-6: after a time it waits in the next queue, with its age', async () => {
  const world = await spine();
  const id = await world.comes('ana');
  const before = await world.interaction(id);
  await world.advance(59_999);
  expect(await queueOf(world, id)).toBe('orders');
  await world.advance(1);
  expect(await world.interaction(id)).toMatchObject({
    queue: 'claims',
    enqueuedAt: before?.enqueuedAt,
    priority: before?.priority,
  });
});

test('ROUTE-6: the time runs from when it came into this queue, and an offer does not stop it', async () => {
  const world = await spine();
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.advance(2_000);
  await world.answer('offer-shown', 'bo', id);
  await world.advance(45_000);
  expect(await world.status(id)).toBe('queued');
  await world.advance(13_000);
  expect(await queueOf(world, id)).toBe('claims');
});

test('ROUTE-6: a queue that has closed since its time was up takes it when it opens', async () => {
  const start = { at: 0 };
  const world = await spine({
    opening: (queue, at) => {
      const isClosed = queue === claims && at >= start.at + 70_000 && at < start.at + HOUR;
      return isClosed ? { open: false, until: start.at + HOUR } : { open: true, until: null };
    },
  });
  start.at = world.clock.now();
  const id = await world.comes('ana');
  await world.advance(50_000);
  await world.ready('bo');
  await world.answer('offer-shown', 'bo', id);
  await world.advance(46_000);
  expect(await world.status(id)).toBe('queued');
  expect(await queueOf(world, id)).toBe('orders');
  await world.advance(HOUR);
  expect(await queueOf(world, id)).toBe('claims');
});

test('ROUTE-6: a closed queue takes it when it opens', async () => {
  let opensAt = 0;
  const world = await spine({
    opening: (queue, at) =>
      queue === claims && at < opensAt
        ? { open: false, until: opensAt }
        : { open: true, until: null },
  });
  opensAt = world.clock.now() + HOUR;
  const id = await world.comes('ana');
  await world.advance(HOUR - 10);
  expect(await queueOf(world, id)).toBe('orders');
  await world.advance(10);
  expect(await queueOf(world, id)).toBe('claims');
});

test('ROUTE-6: a message left in a closed queue waits on its own channel until an agent of it comes', async () => {
  const world = await spine({ queue: { overflow: null }, isOpen: () => false });
  const answer = await world.ask(byCustomer('ana'), {
    type: 'leave-message',
    interaction: null,
    queue: 'orders' as QueueId,
    language: 'en',
    email: 'ana@example.org',
    text: 'Please write to me.',
  });
  expect(answer.type).toBe('ack');
  const id = answer.type === 'ack' ? answer.stream.slice('interaction:'.length) : '';
  await world.advance(24 * HOUR);
  expect(await world.status(id)).toBe('queued');
  expect(world.told.filter(({ type }) => type === 'position')).toEqual([]);
  await world.ask(byCustomer('ana'), on('leave', id));
  expect(await world.status(id)).toBe('queued');
});

test('ROUTE-6: customers hear when a queue opens, closes, or nobody is there', async () => {
  let isOpen = true;
  const world = await spine({ opening: () => ({ open: isOpen, until: null }) });
  const door = () => world.router.door('orders' as QueueId);
  expect(door()).toEqual({ queue: 'orders', state: 'unstaffed', canLeaveMessage: true });
  await world.connect('bo');
  expect(door().state).toBe('open');
  isOpen = false;
  expect(door().state).toBe('closed');
  world.told.length = 0;
  await world.advance(2_500);
  const news = world.told.flatMap((one) => (one.type === 'queues' ? one.queues : []));
  expect(news.find(({ queue }) => queue === 'orders')?.state).toBe('closed');
  world.told.length = 0;
  await world.advance(10_000);
  expect(world.told.filter(({ type }) => type === 'queues')).toEqual([]);
});
