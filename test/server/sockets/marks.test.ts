import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { InteractionId } from '../../../protocol/ids.ts';
import { createMarks } from '../../../server/sockets/marks.ts';
import { type Mark, StoreUnavailable } from '../../../server/store/contract.ts';
import { createMemoryDisk } from '../../simulation/memory-disk.ts';
import { countInTurns } from '../count-in-turns.ts';
import { markDone } from '../stories.ts';
import { ana, server } from './world.ts';

async function marksWorld() {
  const world = await server();
  const told: Mark[] = [];
  let writes = 0;
  world.bus.onTell((what) => {
    if (what.type === 'marks') told.push(what);
  });
  const marks = createMarks({
    store: {
      raiseMarks: (list) => {
        writes++;
        return world.store.raiseMarks(list);
      },
      marks: (those) => world.store.marks(those),
    },
    bus: world.bus,
    clock: world.clock,
    onEvents: world.follow.onEvents,
    everyMs: 400,
    bug: (error) => {
      throw error;
    },
  });
  return { ...world, marks, told, writes: () => writes };
}
test('CHAT-3: marks that are asked for in one turn are read together, and each hears of its own', async () => {
  const { marks, store, clock } = await marksWorld();
  const many = Array.from({ length: 65 }, (_, n) => `i-${n}` as InteractionId);
  const mark = (interaction: InteractionId): Mark => ({
    ...{ interaction, reader: 'customer', delivered: 2, read: 1 },
  });
  await store.raiseMarks(many.map(mark));
  const reads = vi.spyOn(store, 'marks');
  const found = Promise.all([...many, 'i-none' as InteractionId].map(marks.current));
  await clock.settle();
  expect(await found).toEqual([...many.map((id) => [mark(id)]), []]);
  expect(reads.mock.calls.map(([asked]) => asked.length)).toEqual([64, 2]);

  reads.mockRejectedValueOnce(new StoreUnavailable('gone'));
  const lost = marks.current(one);
  const expected = expect(lost).rejects.toThrow('gone');
  await clock.settle();
  await expected;
});

const one = 'i-1' as InteractionId;
const two = 'i-2' as InteractionId;

test('CHAT-3: delivered follows from the acknowledged batch, read from what was seen', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const ack = await desk.command({ type: 'post', interaction, text: 'hello' });
  await world.clock.advance(400);
  expect(desk.last('marks')).toEqual({
    type: 'marks',
    interaction,
    reader: 'customer',
    delivered: ack.seq,
    read: 0,
  });
  tab.send({ type: 'read', interaction, seq: ack.seq });
  await world.clock.advance(400);
  expect(desk.last('marks')).toMatchObject({ delivered: ack.seq, read: ack.seq });
  expect(tab.last('marks')).toMatchObject({ reader: 'agent', delivered: ack.seq, read: 0 });
  expect(tab.of('marks').every(({ reader }) => reader === 'agent')).toBe(true);
});

test('CHAT-3: nobody has read what they were not sent', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  tab.acknowledge(false);
  const ack = await desk.command({ type: 'post', interaction, text: 'one' });
  await desk.command({ type: 'post', interaction, text: 'two' });
  tab.send({ type: 'read', interaction, seq: 1_000_000 });
  await world.clock.advance(400);
  expect(desk.last('marks')).toMatchObject({ read: ack.seq });
});

test('CHAT-3: who comes later is told where the other side is', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const { seq } = await desk.command({ type: 'post', interaction, text: 'hello' });
  tab.send({ type: 'read', interaction, seq });
  await world.clock.advance(1_000);
  const again = await world.desk();
  expect(again.of('marks')).toEqual([
    { type: 'marks', interaction, reader: 'customer', delivered: seq, read: seq },
  ]);
  const second = await world.tab();
  expect(second.of('marks')[0]).toMatchObject({ reader: 'agent', delivered: seq });
});

test('TRUST-3: a mark is told when it is stored, and not while it can’t be', async () => {
  const { marks, told, clock, weather, disk } = await marksWorld();
  weather.away = true;
  marks.raise(one, 'customer', 5, 0);
  await clock.advance(5_000);
  expect(told).toEqual([]);
  weather.away = false;
  await clock.advance(1_000);
  expect(told).toMatchObject([{ interaction: one, reader: 'customer', delivered: 5, read: 0 }]);
  expect(disk.marks.get(one)?.get('customer')).toMatchObject({ delivered: 5 });
});

test('the first mark goes at once, those after it together after 400 ms, many interactions in one write', async () => {
  const { marks, told, clock, writes } = await marksWorld();
  marks.raise(one, 'customer', 1, 0);
  marks.raise(one, ana, 1, 1);
  marks.raise(two, ana, 7, 0);
  await clock.settle();
  expect(told).toHaveLength(3);
  expect(writes()).toBe(1);
  for (let seq = 2; seq < 50; seq++) marks.raise(one, 'customer', seq, 0);
  await clock.advance(399);
  expect(told).toHaveLength(3);
  await clock.advance(1);
  expect(told[3]).toMatchObject({ delivered: 49 });
  expect(writes()).toBe(2);
  marks.raise(one, 'customer', 49, 0);
  await clock.advance(1_000);
  expect(writes()).toBe(2);
});

test('marks only rise, whatever is raised, and in the end the highest is stored and told', {
  timeout: 30_000,
}, async () => {
  const raise = fc.record({
    which: fc.constantFrom(one, two),
    reader: fc.constantFrom('customer' as const, ana),
    delivered: fc.nat(50),
    read: fc.nat(50),
    wait: fc.constantFrom(0, 0, 100, 500),
    away: fc.constantFrom(false, false, false, true),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(raise, { maxLength: 30, size: 'max' }), async (raises) => {
      const { marks, told, clock, weather, disk } = await marksWorld();
      const highest = new Map<string, { delivered: number; read: number }>();
      for (const { which, reader, delivered, read, wait, away } of raises) {
        weather.away = away;
        marks.raise(which, reader, delivered, read);
        const before = highest.get(`${which} ${reader}`) ?? { delivered: 0, read: 0 };
        highest.set(`${which} ${reader}`, {
          delivered: Math.max(before.delivered, delivered),
          read: Math.max(before.read, read),
        });
        if (wait > 0) await clock.advance(wait);
      }
      weather.away = false;
      await clock.advance(3_000);
      const heard = new Map<string, { delivered: number; read: number }>();
      for (const { interaction, reader, delivered, read } of told) {
        const before = heard.get(`${interaction} ${reader}`);
        if (before !== undefined) {
          expect(delivered).toBeGreaterThanOrEqual(before.delivered);
          expect(read).toBeGreaterThanOrEqual(before.read);
        }
        heard.set(`${interaction} ${reader}`, { delivered, read });
      }
      expect(heard).toEqual(highest);
      for (const [interaction, readers] of disk.marks)
        for (const [reader, { delivered, read }] of readers)
          expect({ delivered, read }).toEqual(highest.get(`${interaction} ${reader}`));
    }),
    { numRuns: 50 },
  );
});

test('nothing stays in memory of an interaction that is over', async () => {
  const world = await server({ disk: createMemoryDisk() });
  const { desk, tab, interaction } = await world.talking();
  await tab.command({ type: 'post', interaction, text: 'hello' });
  await world.clock.advance(1_000);
  expect(world.sessions.size().marks).toBe(1);
  desk.acknowledge(false);
  tab.acknowledge(false);
  await desk.command({ type: 'end', interaction });
  await desk.command(markDone(interaction, ['sold']) as AgentCommand);
  expect(world.sessions.size().marks).toBe(0);
});

test('CHAT-3: the marks of a whole house are told in turns that keep no message waiting', async () => {
  const { clock, bus, store, follow } = await server();
  let told = 0;
  const counted = countInTurns(clock, () => told);
  const marks = createMarks({
    store,
    bus: {
      tell: (what) => {
        told++;
        bus.tell(what);
      },
    },
    clock: counted.clock,
    onEvents: follow.onEvents,
    everyMs: 400,
    bug: (error) => {
      throw error;
    },
  });
  for (let n = 0; n < 200; n++) marks.raise(`i-${n}` as InteractionId, 'customer', 1, 0);
  await clock.settle();
  expect(told).toBe(200);
  // The first sixteen are told when the store has answered, the others a turn each.
  expect(Math.max(...counted.turns)).toBeLessThanOrEqual(16);
  expect(counted.turns.filter((n) => n > 0).length).toBeGreaterThanOrEqual(11);
});
