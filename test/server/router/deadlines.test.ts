import { expect, test } from 'vitest';
import type { StreamName } from '../../../protocol/ids.ts';
import { createDeadlines } from '../../../server/router/deadlines.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { START } from '../given.ts';

const stream = (name: string) => `interaction:${name}` as StreamName;

function setUp() {
  const clock = holdClock(START);
  const fired: string[] = [];
  const deadlines = createDeadlines<string>(
    clock,
    () => {},
    (of, what) => {
      fired.push(`${of} ${what} at ${clock.now() - START}`);
    },
  );
  const at = (ms: number, what: string) => ({ at: START + ms, what });
  return { clock, fired, deadlines, at };
}

test('a deadline fires once, at its time, and is forgotten', async () => {
  const { clock, fired, deadlines, at } = setUp();
  deadlines.set(stream('c1'), [at(100, 'expired')]);
  await clock.advance(99);
  expect(fired).toEqual([]);
  await clock.advance(1);
  await clock.advance(10_000);
  expect(fired).toEqual(['interaction:c1 expired at 100']);
  expect([deadlines.size(), deadlines.streams(), clock.timers()]).toEqual([0, 0, 0]);
});

test('a newer list replaces the older one; an empty one takes it away', async () => {
  const { clock, fired, deadlines, at } = setUp();
  deadlines.set(stream('c1'), [at(100, 'not shown'), at(600, 'left')]);
  deadlines.set(stream('c1'), [at(200, 'expired')]);
  deadlines.set(stream('c2'), [at(150, 'expired')]);
  deadlines.set(stream('c2'), []);
  await clock.advance(1_000);
  expect(fired).toEqual(['interaction:c1 expired at 200']);
});

test('many streams share one timer and fire in the order of time', async () => {
  const { clock, fired, deadlines, at } = setUp();
  for (const n of [5, 3, 1, 4, 2]) deadlines.set(stream(`c${n}`), [at(n * 10, 'over')]);
  expect(clock.timers()).toBe(1);
  await clock.advance(100);
  expect(fired.map((one) => one.slice('interaction:'.length, 14))).toEqual([
    'c1',
    'c2',
    'c3',
    'c4',
    'c5',
  ]);
});

test('what is already late when it is set fires at once; beside it the list stays', async () => {
  const { clock, fired, deadlines, at } = setUp();
  deadlines.set(stream('c1'), [at(-500, 'late'), at(50, 'next')]);
  await clock.advance(0);
  expect(fired).toEqual(['interaction:c1 late at 0']);
  deadlines.add(stream('c1'), at(20, 'again'));
  await clock.advance(60);
  expect(fired.slice(1)).toEqual(['interaction:c1 again at 20', 'interaction:c1 next at 50']);
});

test('a deadline that sets others while it fires sees them fire too', async () => {
  const clock = holdClock(START);
  const fired: string[] = [];
  const deadlines = createDeadlines<number>(
    clock,
    () => {},
    (of, n) => {
      fired.push(`${n}`);
      if (n > 0) deadlines.set(of, [{ at: clock.now() + (n % 2), what: n - 1 }]);
    },
  );
  deadlines.set(stream('c1'), [{ at: START, what: 3 }]);
  await clock.advance(10);
  expect(fired).toEqual(['3', '2', '1', '0']);
  expect(deadlines.streams()).toBe(0);
});

test('however many are due at once, one turn of the event loop fires some and the next ones the rest', async () => {
  const clock = holdClock(START);
  const turns: (() => void)[] = [];
  let fired = 0;
  const at = (_: number, what: () => void) => {
    turns.push(what);
    return () => {};
  };
  const deadlines = createDeadlines<string>(
    { ...clock, at },
    () => {},
    () => void fired++,
  );
  for (let n = 0; n < 1_000; n++)
    deadlines.set(stream(`c${n}`), [{ at: START, what: 'owner-lost' }]);
  turns.shift()?.();
  expect(fired).toBe(200);
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
  expect([fired, deadlines.size(), deadlines.streams()]).toEqual([1_000, 0, 0]);
});

test('what takes long ends a turn of the event loop sooner', async () => {
  const clock = holdClock(START);
  const turns: (() => void)[] = [];
  let passed = 0;
  const slow = {
    ...clock,
    now: () => START + passed,
    at: (_: number, what: () => void) => {
      turns.push(what);
      return () => {};
    },
  };
  const deadlines = createDeadlines<string>(
    slow,
    () => {},
    () => void passed++,
  );
  for (let n = 0; n < 50; n++) deadlines.set(stream(`c${n}`), [{ at: START, what: 'owner-lost' }]);
  const took: number[] = [];
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
    const before = passed;
    turn();
    took.push(passed - before);
  }
  expect(Math.max(...took)).toBe(3);
  expect([passed, deadlines.size()]).toEqual([50, 0]);
});
