import { expect, test } from 'vitest';
import type { AgentId, CommandId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { ana, ben, type Server, server } from './world.ts';

const id = (n: number) => `instant-${String(n).padStart(16, '0')}` as CommandId;
type Desk = Awaited<ReturnType<Server['desk']>>;

async function colleagues() {
  const world = await server();
  return { world, from: await world.desk(ana), to: await world.desk(ben) };
}

async function says(world: Server, desk: Desk, text: string, n = 1, to: string = ben) {
  desk.send({ type: 'instant', id: id(n), to: to as AgentId, text });
  await world.clock.settle();
}

const refusalsOf = (desk: Desk) => desk.of('refused').map(({ id, refusal }) => [id, refusal]);

test('CHAT-17: a word reaches the colleague, and its sender hears that it is on a screen', async () => {
  const { world, from, to } = await colleagues();
  await says(world, from, 'Lunch?');
  const at = world.clock.now();
  expect(to.of('instant')).toEqual([
    { type: 'instant', id: id(1), from: ana, name: 'Ana', text: 'Lunch?', at },
  ]);
  expect(from.of('instant-shown')).toEqual([]);
  to.send({ type: 'instant-shown', id: id(1) });
  await world.clock.advance(limits.instantShownMs);
  expect(from.of('instant-shown')).toEqual([{ type: 'instant-shown', id: id(1) }]);
  expect(refusalsOf(from)).toEqual([]);
});

test('CHAT-17: nothing of it is stored', async () => {
  const { world, from } = await colleagues();
  await world.clock.advance(limits.instantShownMs);
  const before = JSON.stringify([...world.disk.commands, ...world.disk.events]);
  await says(world, from, 'Lunch?');
  await world.clock.advance(2 * limits.instantShownMs);
  expect(JSON.stringify([...world.disk.commands, ...world.disk.events])).toBe(before);
  expect(before).toContain('signed-in');
});

test('GUARD-2: a word to a colleague is told without what may not be written', async () => {
  const { world, from, to } = await colleagues();
  await says(world, from, 'Try 4111 1111 1111 1111');
  expect(to.of('instant').map(({ text }) => text)).toEqual(['Try **** **** **** 1111']);
});

test('CHAT-17: to somebody who is away it is refused by name, at once', async () => {
  const world = await server();
  const from = await world.desk(ana);
  await says(world, from, 'Lunch?');
  expect(refusalsOf(from)).toEqual([[id(1), 'not-delivered']]);
  const late = await world.desk(ben);
  await world.clock.advance(limits.instantShownMs);
  expect(late.of('instant')).toEqual([]);
});

test('CHAT-17: what no screen has shown in time was not delivered, whatever is shown later', async () => {
  const { world, from, to } = await colleagues();
  await says(world, from, 'Lunch?');
  await world.clock.advance(limits.instantShownMs - 1);
  expect(refusalsOf(from)).toEqual([]);
  await world.clock.advance(1);
  expect(refusalsOf(from)).toEqual([[id(1), 'not-delivered']]);
  to.send({ type: 'instant-shown', id: id(1) });
  await world.clock.settle();
  expect(from.of('instant-shown')).toEqual([]);
});

test('CHAT-17: nobody can say for a colleague that it was shown', async () => {
  const { world, from } = await colleagues();
  await says(world, from, 'Lunch?');
  from.send({ type: 'instant-shown', id: id(1) });
  await world.clock.advance(limits.instantShownMs);
  expect(from.of('instant-shown')).toEqual([]);
  expect(refusalsOf(from)).toEqual([[id(1), 'not-delivered']]);
});

test('CHAT-17: the order is the sender’s, also while the store is slow to say who is there', async () => {
  const { world, from, to } = await colleagues();
  for (let n = 1; n <= 5; n++)
    from.send({ type: 'instant', id: id(n), to: ben, text: `word ${n}` });
  await world.clock.settle();
  expect(to.of('instant').map(({ text }) => text)).toEqual([1, 2, 3, 4, 5].map((n) => `word ${n}`));
});

test('CHAT-17: an unknown colleague, an id in use and too many at once have their names', async () => {
  const { world, from } = await colleagues();
  await says(world, from, 'Lunch?', 1, 'nobody');
  await says(world, from, 'Lunch?', 2);
  await says(world, from, 'Lunch?', 2);
  expect(refusalsOf(from)).toEqual([
    [id(1), 'unknown-agent'],
    [id(2), 'id-reused'],
  ]);
  for (let n = 3; n <= limits.instantsBurst + 3; n++) await says(world, from, 'Lunch?', n);
  const last = from.of('refused').at(-1);
  expect(last).toMatchObject({ refusal: 'too-many', id: id(limits.instantsBurst + 3) });
  expect(last?.retryMs).toBeGreaterThan(0);
});
