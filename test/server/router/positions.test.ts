import { expect, test } from 'vitest';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Ephemeral } from '../../../server/bus/contract.ts';
import { createPositions } from '../../../server/router/positions.ts';
import type { Waiting } from '../../../server/routing/waiting.ts';
import { chatsOnly } from '../../channels.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { transferTo } from '../colleagues.ts';
import { countInTurns } from '../count-in-turns.ts';
import { by, byCustomer } from '../given.ts';
import { Spine } from '../spine.ts';
import { on } from '../stories.ts';

type Position = Extract<Ephemeral, { type: 'position' }>;
const isPosition = (one: Ephemeral): one is Position => one.type === 'position';

/** What was told since the last look: customer → position (and estimate). */
function heard(world: Spine): string[] {
  const told = world.told
    .filter(isPosition)
    .map(({ customer, position }) => `${customer} ${position}`);
  world.told = [];
  return told;
}

test('ROUTE-7: a newcomer hears their position at once', async () => {
  const world = await new Spine().route();
  await world.comes('ana');
  expect(heard(world)).toEqual(['ana 1']);
  await world.comes('eve');
  expect(heard(world)).toEqual(['eve 2']);
});

test('ROUTE-7: everybody hears it again at most every 10 s', async () => {
  const world = await new Spine().route();
  await world.comes('ana');
  await world.advance(4_000);
  await world.comes('eve');
  await world.advance(60_000);
  const times = new Map<string, number>();
  expect(heard(world).length).toBeGreaterThan(8);
  const told: { customer: string; at: number }[] = [];
  for (let n = 0; n < 100; n++) {
    await world.advance(500);
    for (const one of world.told.filter(isPosition))
      told.push({ customer: one.customer, at: world.clock.now() });
    world.told = [];
  }
  for (const { customer, at } of told) {
    const before = times.get(customer);
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(10_000);
    times.set(customer, at);
  }
  expect(told.filter(({ customer }) => customer === 'ana').length).toBeGreaterThanOrEqual(4);
});

test('ROUTE-7: not even news make it more often than every 10 s: up to 50, or beyond', async () => {
  const world = await new Spine().route();
  const ids: string[] = [];
  for (let n = 1; n <= limits.positionExactTo + 1; n++)
    ids.push(await world.comes(`customer-${n}`));
  const lastAt = new Map<string, number>();
  const check = () => {
    for (const { customer } of world.told.filter(isPosition)) {
      const before = lastAt.get(customer);
      if (before !== undefined)
        expect(world.clock.now() - before, customer).toBeGreaterThanOrEqual(9_500);
      lastAt.set(customer, world.clock.now());
    }
    world.told = [];
  };
  check();
  await world.ask(byCustomer('customer-1'), on('leave', ids[0]!));
  for (let n = 0; n < 60; n++) {
    await world.advance(500);
    check();
  }
  await world.ready('bo');
  await world.answer('accept', 'bo', ids[1]!);
  await world.silence('bo');
  await world.comes('customer-52');
  for (let n = 0; n < 300; n++) {
    await world.advance(500);
    check();
  }
  expect(lastAt.size).toBe(limits.positionExactTo + 2);
});

test('ROUTE-7: when the first one leaves the others move up with the next round', async () => {
  const world = await new Spine().route();
  const first = await world.comes('ana');
  await world.comes('eve');
  await world.ask(byCustomer('ana'), on('leave', first));
  heard(world);
  await world.advance(20_000);
  expect(heard(world).at(-1)).toBe('eve 1');
});

test('ROUTE-7: a whole house that comes at once is told in turns that block nobody', async () => {
  const clock = holdClock(0);
  const all = new Map(
    Array.from({ length: 1_000 }, (_, n) => {
      const interaction = `i${n}` as InteractionId;
      return [interaction, { interaction, queue: 'orders' } as Waiting] as const;
    }),
  );
  let told = 0;
  const counted = countInTurns(clock, () => told);
  const positions = createPositions({
    clock: counted.clock,
    bus: { tell: () => void told++ },
    waiting: { of: () => all.values(), get: (id) => all.get(id), takeGone: () => [] },
    interaction: (id) => ({ customer: id as never, entered: { at: 0 } as never }),
  });
  for (const id of all.keys()) positions.arrived('orders' as QueueId, id);
  await clock.settle();
  expect(told).toBe(1_000);
  expect(Math.max(...counted.turns)).toBeLessThanOrEqual(50 + limits.positionExactTo);
});

test('ROUTE-7: who is talked to or has left hears no position any more', async () => {
  const world = await new Spine().route();
  const id = await world.comes('ana');
  await world.ready('bo');
  await world.answer('accept', 'bo', id);
  heard(world);
  await world.advance(60_000);
  expect(heard(world)).toEqual([]);
});

test('ROUTE-7: exact up to 50; who is beyond hears that they are, once', async () => {
  const world = await new Spine().route();
  for (let n = 1; n <= limits.positionExactTo + 2; n++) await world.comes(`customer-${n}`);
  expect(heard(world).slice(-3)).toEqual([
    'customer-50 50',
    'customer-51 null',
    'customer-52 null',
  ]);
  await world.advance(12_500);
  const again = heard(world);
  expect(again).toHaveLength(50);
  expect(again).not.toContain('customer-51 null');
});

test('ROUTE-7: who moves up to 50 hears the position; who falls beyond hears that too', async () => {
  const world = await new Spine().route();
  const ids: string[] = [];
  for (let n = 1; n <= limits.positionExactTo + 1; n++)
    ids.push(await world.comes(`customer-${n}`));
  heard(world);
  await world.ask(byCustomer('customer-1'), on('leave', ids[0]!));
  await world.advance(20_000);
  expect(heard(world)).toContain('customer-51 50');
  await world.ready('bo');
  await world.answer('accept', 'bo', ids[1]!);
  await world.silence('bo');
  await world.comes('customer-52');
  heard(world);
  await world.advance(130_000);
  expect(heard(world)).toContain('customer-52 null');
});

test('ROUTE-7: no estimate below five accepted offers; then one that grows with position and slowness', async () => {
  const fast = await busy(20_000);
  const slow = await busy(40_000);
  expect(fast.early).toEqual([null, null]);
  const [first, second] = fast.late as [number, number];
  expect(second / first).toBeCloseTo(2, 3);
  expect(first).toBeGreaterThan(10_000);
  expect(first).toBeLessThan(30_000);
  expect((slow.late[0] as number) / first).toBeCloseTo(2, 0);
});

/** An agent accepts one interaction after the other, each so many ms after the one before. */
async function busy(everyMs: number) {
  const world = await new Spine({ agent: { limits: chatsOnly(12) } }).route();
  const estimates = () => {
    const told = world.told.filter(isPosition);
    world.told = [];
    return told.slice(-2).map(({ estimateMs }) => estimateMs);
  };
  const ids: string[] = [];
  for (let n = 0; n < 9; n++) ids.push(await world.comes(`customer-${n}`));
  const early = estimates();
  await world.ready('bo');
  for (const id of ids.slice(0, 6)) {
    await world.answer('offer-shown', 'bo', id);
    await world.advance(everyMs);
    await world.answer('accept', 'bo', id);
  }
  await world.answer('offer-shown', 'bo', ids[6]!);
  estimates();
  await world.advance(10_000);
  return { early, late: estimates() };
}

/** Six of them were accepted there, each 10 s after it came. */
async function tenSecondsEach(): Promise<Spine> {
  const names = ['orders', 'refunds'];
  const settings = { agent: { limits: chatsOnly(12) }, queues: names, queueNames: names };
  const world = await new Spine(settings).route();
  await world.ready('bo');
  for (let n = 0; n < 6; n++) {
    const id = await world.comes(`customer-${n}`, 'refunds');
    await world.answer('offer-shown', 'bo', id);
    await world.advance(10_000);
    await world.answer('accept', 'bo', id);
  }
  return world;
}

test('ROUTE-7: what comes from elsewhere with its age has not stood in this line for so long', async () => {
  const world = await tenSecondsEach();
  const old = await world.comes('ana', 'orders');
  await world.answer('accept', 'bo', old);
  await world.advance(3_600_000);
  world.told = [];
  await world.ask(by('bo'), { type: 'set-do-not-disturb', on: true });
  const refunds = 'refunds' as QueueId;
  await world.ask(
    by('bo'),
    transferTo({ kind: 'queue', queue: refunds }, { interaction: old as never }),
  );
  await world.advance(1);
  expect(world.told.filter(isPosition).at(-1)).toMatchObject({ customer: 'ana', position: 1 });
  expect(world.told.filter(isPosition).at(-1)?.estimateMs).toBeCloseTo(10_000, -3);
  await world.ask(by('bo'), { type: 'set-do-not-disturb', on: false });
  expect(await world.status(old)).toBe('offered to bo');
  await world.answer('accept', 'bo', old);
  await world.ask(by('bo'), { type: 'set-do-not-disturb', on: true });
  await world.comes('eve', 'refunds');
  expect(world.told.filter(isPosition).at(-1)?.estimateMs).toBeLessThan(12_000);
});

test('ROUTE-7: what agents pick by hand moves the line, too', async () => {
  const world = await new Spine({ agent: { limits: chatsOnly(12) } }).route();
  await world.connect('bo');
  for (let n = 0; n < 5; n++) {
    const id = await world.comes(`customer-${n}`);
    await world.advance(10_000);
    await world.ask(by('bo'), { type: 'pick', interaction: id as never });
  }
  await world.comes('ana');
  const told = world.told.filter(isPosition).at(-1);
  expect(told).toMatchObject({ customer: 'ana', position: 1 });
  expect(told?.estimateMs).toBeCloseTo(10_000, -3);
});
