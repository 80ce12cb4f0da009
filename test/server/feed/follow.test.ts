import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentStream, interactionStream } from '../../../protocol/ids.ts';
import type { StoredEvent } from '../../../server/store/contract.ts';
import { logWorld } from './log.ts';
import { ana, one, says, two } from './samples.ts';

const stream = interactionStream(one);
const other = interactionStream(two);

async function followed() {
  const world = await logWorld();
  const heard: number[] = [];
  const turns: number[] = [];
  world.follow.onEvents((events) => {
    heard.push(...events.map(({ position }) => position));
    turns.push(events.length);
  });
  return { ...world, heard, turns };
}

test('TRUST-3: what this node has stored is told at once', async () => {
  const { commit, heard } = await followed();
  await commit([[stream, [says('a'), says('b')]]]);
  await commit([[stream, [says('c')]]]);
  expect(heard).toEqual([1, 2, 3]);
});

test('commits that are told out of order are put in order without asking the store', async () => {
  const { append, follow, heard, weather } = await followed();
  const first = await append([[stream, [says('a'), says('b')]]]);
  const second = await append([[stream, [says('c')]]]);
  const third = await append([[stream, [says('d')]]]);
  follow.committed(third);
  follow.committed(second);
  expect(heard).toEqual([]);
  follow.committed(first);
  expect(heard).toEqual([1, 2, 3, 4]);
  expect(weather.reads).toBe(0);
});

test('a commit that nobody told is found in the store', async () => {
  const { append, commit, heard, clock } = await followed();
  await append([[stream, [says('another node')]]]);
  await commit([[other, [says('ours')]]]);
  expect(heard).toEqual([]);
  await clock.settle();
  expect(heard).toEqual([1, 2]);
});

test('another node’s events come with its nudge, and without one within three seconds', async () => {
  const { append, heard, clock, bus } = await followed();
  await append([[stream, [says('nudged')]]]);
  bus.nudge(1);
  await clock.settle();
  expect(heard).toEqual([1]);
  await append([[stream, [says('nudge lost')]]]);
  await clock.advance(2_900);
  expect(heard).toEqual([1]);
  await clock.advance(100);
  expect(heard).toEqual([1, 2]);
});

test('other nodes are nudged once for all commits of a turn', async () => {
  const { commit, bus, clock } = await followed();
  const nudges: number[] = [];
  bus.onNudge((position) => nudges.push(position));
  await commit([[stream, [says('a')]]]);
  await commit([[stream, [says('b')]]]);
  await clock.settle();
  expect(nudges).toEqual([2]);
});

test('a store that is away costs time, never an event', async () => {
  const { append, commit, heard, clock, weather } = await followed();
  await append([[stream, [says('unheard')]]]);
  weather.away = true;
  await commit([[stream, [says('told')]]]);
  await clock.advance(5_000);
  expect(heard).toEqual([]);
  weather.away = false;
  await clock.advance(3_000);
  expect(heard).toEqual([1, 2]);
});

test('it starts at the newest position and is silent once closed', async () => {
  const { append, commit, follow, heard, clock } = await followed();
  follow.close();
  await commit([[stream, [says('late')]]]);
  await append([[stream, [says('later')]]]);
  await clock.advance(10_000);
  expect(heard).toEqual([]);
  await follow.start();
  expect(follow.position()).toBe(2);
  await commit([[stream, [says('again')]]]);
  expect(heard).toEqual([3]);
});

test('TRUST-1: whatever is told, reordered, lost or repeated: everybody hears everything once, in order', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('append' as const), events: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('tell' as const), which: fc.nat(20) }),
    fc.record({ do: fc.constant('turn' as const) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
    fc.record({ do: fc.constant('away' as const), away: fc.boolean() }),
    fc.record({ do: fc.constant('nudge' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      const { append, follow, heard, clock, weather, bus, disk } = await followed();
      const untold: StoredEvent[][] = [];
      for (const step of steps) {
        if (step.do === 'append') {
          const news = Array.from({ length: step.events }, () => says('x'));
          untold.push(
            await append([
              [stream, news],
              [agentStream(ana), news.slice(0, 1)],
            ]),
          );
        } else if (step.do === 'tell' && untold.length > 0) {
          const at = step.which % untold.length;
          const events = untold[at] ?? [];
          follow.committed(events);
          // Every third is told again some day.
          if (step.which % 3 > 0) untold.splice(at, 1);
        } else if (step.do === 'turn') await clock.settle();
        else if (step.do === 'wait') await clock.advance(step.ms);
        else if (step.do === 'away') weather.away = step.away;
        else if (step.do === 'nudge') bus.nudge(disk.events.length);
        expect(heard).toEqual(heard.map((_, index) => index + 1));
      }
      weather.away = false;
      await clock.advance(4_000);
      expect(heard).toEqual(disk.events.map((_, index) => index + 1));
    }),
    { numRuns: 100 },
  );
});
