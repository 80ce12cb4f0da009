import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepSame } from '../../desk/keep-same.ts';

test('the result always equals the newer value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
      expect(keepSame(before, next)).toEqual(next);
    }),
  );
});

test('a field with a name that every object knows is a field like any other', () => {
  for (const text of ['{"__proto__":""}', '{"__proto__":{}}', '{"constructor":{"name":"x"}}'])
    expect(JSON.stringify(keepSame({ a: 1 }, JSON.parse(text)))).toBe(text);
});

test('an equal value is the older object', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const next = structuredClone(value);
      expect(keepSame(value, next)).toBe(value);
    }),
  );
});

test('items that have a key are found by it wherever they stand now', () => {
  const before = [
    { key: 's1', text: 'a' },
    { key: 's2', text: 'b' },
  ];
  const next = keepSame(before, [
    { key: 's2', text: 'b' },
    { key: 's3', text: 'c' },
  ]);
  expect(next[0]).toBe(before[1]);
});
