import { afterEach, expect, test, vi } from 'vitest';
import { type Clock, systemClock } from '../../../server/clock.ts';
import { createDeadlines } from '../../../server/router/deadlines.ts';

const HOUR = 3_600_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The machine's clock is put forward or back; the time that passes is what it is. */
function jump(by: number): void {
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + by);
}

const rings = (clock: Clock, at: number): Promise<number> =>
  new Promise((resolve) => void clock.at(at, () => resolve(clock.now())));

test.each([
  ['forward', HOUR],
  ['back', -HOUR],
])('TRUST-1: an hour %s on the machine’s clock makes no timer early or late', async (_, by) => {
  const clock = systemClock(0);
  const before = clock.now();
  const rung = rings(clock, before + 50);
  jump(by);
  expect(Math.abs(clock.now() - before)).toBeLessThan(HOUR / 2);
  const at = await rung;
  expect(at - before).toBeGreaterThanOrEqual(50);
  expect(at - before).toBeLessThan(30_000);
});

test.each([
  ['forward', HOUR],
  ['back', -HOUR],
])('ROUTE-1: an hour %s does not change who came first', async (_, by) => {
  const clock = systemClock(0);
  const first = clock.now();
  await rings(clock, first + 5);
  jump(by);
  const second = clock.now();
  expect(second).toBeGreaterThanOrEqual(first + 5);
  expect(second - first).toBeLessThan(30_000);
});

test('ROUTE-6: deadlines ring in their order across a jump', async () => {
  const clock = systemClock(0);
  const rung: string[] = [];
  const over = new Promise<void>((resolve) => {
    const deadlines = createDeadlines<string>(
      clock,
      () => {},
      (_, what) => {
        rung.push(what);
        if (rung.length === 2) resolve();
      },
    );
    deadlines.set('interaction:a' as never, [{ at: clock.now() + 60, what: 'later' }]);
    deadlines.set('interaction:b' as never, [{ at: clock.now() + 20, what: 'sooner' }]);
  });
  jump(HOUR);
  await over;
  expect(rung).toEqual(['sooner', 'later']);
});

test('a restart on a machine whose clock went back goes on after what is stored', () => {
  jump(-HOUR);
  const newest = Date.now() + 2 * HOUR;
  expect(systemClock(newest).now()).toBeGreaterThanOrEqual(newest);
});
