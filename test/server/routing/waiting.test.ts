import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { compareWaiting, type Waiting } from '../../../server/routing/waiting.ts';

const waits = (name: string, rest: Partial<Waiting> = {}): Waiting => ({
  interaction: name as InteractionId,
  queue: 'orders' as QueueId,
  channel: 'chat',
  returned: false,
  priority: 5,
  enqueuedAt: 1_000,
  skipped: [],
  preferred: null,
  preferredUntil: null,
  target: null,
  ...rest,
});

test.each<[string, Waiting, Waiting]>([
  [
    'what a lost agent gave back before any priority',
    waits('b', { returned: true, priority: 1, enqueuedAt: 9_000 }),
    waits('a', { priority: 10 }),
  ],
  [
    'the higher priority before the longer wait',
    waits('b', { priority: 6, enqueuedAt: 9_000 }),
    waits('a', { priority: 5 }),
  ],
  ['10 before 9', waits('b', { priority: 10 }), waits('a', { priority: 9 })],
  ['the longer wait', waits('b', { enqueuedAt: 999 }), waits('a', { enqueuedAt: 1_000 })],
  [
    'among those given back, priority',
    waits('b', { returned: true, priority: 6 }),
    waits('a', { returned: true }),
  ],
  ['of two that came at once always the same one', waits('a'), waits('b')],
])('ROUTE-1: first goes %s', (_, first, second) => {
  expect([second, first].sort(compareWaiting)).toEqual([first, second]);
  expect(compareWaiting(first, second)).toBeLessThan(0);
  expect(compareWaiting(second, first)).toBeGreaterThan(0);
});

test('ROUTE-1: the order is one order, whoever is compared with whom', () => {
  const anyone = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    returned: fc.boolean(),
    priority: fc.integer({ min: 1, max: 3 }),
    enqueuedAt: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(anyone, { minLength: 3, maxLength: 3 }), (three) => {
      const [a, b, c] = three.map(({ name, ...rest }) => waits(name, rest)) as [
        Waiting,
        Waiting,
        Waiting,
      ];
      expect(Math.sign(compareWaiting(a, b))).toBe(0 - Math.sign(compareWaiting(b, a)));
      if (compareWaiting(a, b) < 0 && compareWaiting(b, c) < 0)
        expect(compareWaiting(a, c)).toBeLessThan(0);
    }),
  );
});
