import { expect, test } from 'vitest';
import { estimateMs, measured, noRate, type Rate } from '../../../server/routing/estimate.ts';

/** A queue in which somebody always waits and one is accepted every so many milliseconds. */
function moving(everyMs: number, times: number, from: Rate = noRate): Rate {
  let rate = from;
  for (let n = 0; n < times; n++) {
    const first = rate.lastAcceptedAt || 1_000_000;
    rate = measured(rate, first, first + everyMs);
  }
  return rate;
}

const estimate = (rate: Rate, position: number, later = 0) =>
  estimateMs(rate, position, 0, rate.lastAcceptedAt + later);

test('ROUTE-7: below five samples there is no estimate', () => {
  expect(estimate(noRate, 1)).toBeNull();
  expect(estimate(moving(30_000, 4), 1)).toBeNull();
  expect(estimate(moving(30_000, 5), 1)).not.toBeNull();
});

test('ROUTE-7: the estimate grows with the position', () => {
  const rate = moving(30_000, 20);
  expect([1, 2, 10].map((position) => estimate(rate, position))).toEqual([30_000, 60_000, 300_000]);
});

test('ROUTE-7: a queue that moves half as fast has twice the estimate', () => {
  expect(estimate(moving(60_000, 20), 3)).toBe(2 * estimate(moving(30_000, 20), 3)!);
});

test('ROUTE-7: the last twenty count', () => {
  expect(estimate(moving(10_000, 20, moving(90_000, 50)), 1)).toBe(10_000);
});

test('ROUTE-7: hours in which nobody waited don’t count', () => {
  const evening = moving(30_000, 20);
  const morning = evening.lastAcceptedAt + 14 * 3_600_000;
  const rate = measured(evening, morning, morning + 30_000);
  expect(estimateMs(rate, 2, morning, morning + 30_000)).toBe(60_000);
});

test('ROUTE-7: when nobody is accepted any more the estimate grows, without waiting for the next one', () => {
  const rate = moving(30_000, 20);
  expect(estimate(rate, 1, 20_000)).toBe(30_000);
  const slow = estimate(rate, 1, 600_000)!;
  expect(slow).toBeGreaterThan(45_000);
  expect(estimate(rate, 1, 1_200_000)).toBeGreaterThan(slow);
});
