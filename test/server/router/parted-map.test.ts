import { expect, test } from 'vitest';
import { partedMap } from '../../../server/router/parted-map.ts';

test('a parted map holds what a map holds, through replacing and deleting', () => {
  const parted = partedMap<string, number>();
  const plain = new Map<string, number>();
  for (let n = 0; n < 5_000; n++) {
    const key = `i${(n * 7_919) % 1_500}`;
    if (n % 3 === 0) {
      parted.delete(key);
      plain.delete(key);
    } else {
      parted.set(key, n);
      plain.set(key, n);
    }
    expect([parted.get(key), parted.has(key)]).toEqual([plain.get(key), plain.has(key)]);
  }
  expect(parted.size()).toBe(plain.size);
  expect(new Map(parted.entries())).toEqual(plain);
});

test('keys of no length and of one letter have their place too', () => {
  const parted = partedMap<string, number>();
  parted.set('', 1);
  parted.set('a', 2);
  parted.set('b', 3);
  expect(['', 'a', 'b'].map(parted.get)).toEqual([1, 2, 3]);
});

test('others may come and go while one goes through it: who stays is met once', () => {
  const parted = partedMap<string, number>();
  for (let n = 0; n < 200; n++) parted.set(`i${n}`, n);
  const met: number[] = [];
  for (const [key, n] of parted.entries()) {
    met.push(n);
    if (n % 2 === 0) parted.delete(key);
    if (n < 200) parted.set(`later-${n}`, 1_000 + n);
  }
  const early = met.filter((n) => n < 1_000);
  expect(new Set(early).size).toBe(early.length);
  expect(early.length).toBe(200);
});

test.each([
  ['counted', (n: number) => `interaction:i${n}`],
  ['random', (n: number) => `interaction:${((n * 2_654_435_761) % 2 ** 32).toString(36)}`],
])('100,000 %s ids spread: no part has more than its threefold share', (_, id) => {
  const parted = partedMap<string, number>();
  const shares = sharesOf(
    parted,
    Array.from({ length: 100_000 }, (_, n) => id(n)),
  );
  expect(Math.max(...shares)).toBeLessThan((3 * 100_000) / 64);
});

/** How many keys follow each other in insertion order before the order starts anew: one part each. */
function sharesOf(
  parted: ReturnType<typeof partedMap<string, number>>,
  keys: readonly string[],
): number[] {
  keys.forEach((key, n) => {
    parted.set(key, n);
  });
  const shares: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const [, n] of parted.entries()) {
    if (n < last) shares.push(0);
    shares[shares.length - 1] = (shares.at(-1) ?? 0) + 1;
    last = n;
  }
  return shares;
}
