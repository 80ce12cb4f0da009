import { expect, test } from 'vitest';
import { createLocalBus } from '../../../server/bus/local.ts';
import { busContract } from '../../contracts/bus.ts';

busContract('the local bus', async () => {
  const errors: unknown[] = [];
  return { nodes: [createLocalBus((error) => errors.push(error))], errors };
});

test('the teller has finished before anybody hears', async () => {
  const bus = createLocalBus();
  const order: string[] = [];
  const heard = new Promise<void>((resolve) => {
    bus.onNudge(() => {
      order.push('heard');
      resolve();
    });
  });
  bus.nudge(1);
  order.push('told');
  await heard;
  expect(order).toEqual(['told', 'heard']);
});

test('whoever subscribes late hears only what comes after', async () => {
  const bus = createLocalBus();
  const late: number[] = [];
  const early = new Promise<void>((resolve) => {
    bus.onNudge((position) => {
      if (position === 1) bus.onNudge((heard) => late.push(heard));
      else resolve();
    });
  });
  bus.nudge(1);
  await Promise.resolve();
  bus.nudge(2);
  await early;
  await Promise.resolve();
  expect(late).toEqual([2]);
});
