import { expect, test } from 'vitest';
import { couldComplete, findSplitCard } from '../../guard/split-card.ts';

test.each([
  ['halves', ['4111 1111'], '1111 1111', [[0, '4111 1111']], '1111 1111'],
  ['halves with words', ['it is 4111 1111'], '1111 1111 ok?', [[0, '4111 1111']], '1111 1111'],
  ['something between', ['4111 1111', 'wait'], '1111 1111', [[0, '4111 1111']], '1111 1111'],
  [
    'quarters',
    ['4111', '1111', '1111'],
    '1111',
    [
      [0, '4111'],
      [1, '1111'],
      [2, '1111'],
    ],
    '1111',
  ],
  ['any cut, bare', ['41111'], '11111111111', [[0, '41111']], '11111111111'],
  ['the last digit', ['411111111111111'], '1', [[0, '411111111111111']], '1'],
  ['another number before', ['12 4111 1111'], '1111 1111', [[0, '4111 1111']], '1111 1111'],
  [
    'groups of four, words around',
    ['4111 1111 comes first'],
    'and then 1111 1111',
    [[0, '4111 1111']],
    '1111 1111',
  ],
  ['a code behind', ['4111 1111'], '1111 1111 123', [[0, '4111 1111']], '1111 1111 123'],
] as const)('GUARD-2: a card in pieces is found: %s', (_, earlier, text, pieces, own) => {
  const split = findSplitCard(earlier, text);
  expect(
    split?.earlier.map(({ index, start, end }) => [index, earlier[index]?.slice(start, end)]),
  ).toEqual(pieces);
  expect(text.slice(split?.own.start, split?.own.end)).toBe(own);
});

test.each([
  ['1111', true],
  ['1111 1111 is the rest', true],
  ['and then 1111 1111', true],
  ['my order is 4111', false],
  ['hello', false],
])('GUARD-2: earlier texts are looked at only where one could go on: %s', (text, could) => {
  expect(couldComplete(text)).toBe(could);
});

test.each([
  ['four messages back', ['4111', '1111', '1111', 'a', 'b'], '1111'],
  ['what is masked already', ['**** **** **** 4111'], '111111111111'],
  ['no card', ['4111 1111'], '1111 1112'],
  ['an order and its date', ['my order is 4111'], 'it was on 21.11.2026 with 12 pieces'],
  [
    'a number in each of four messages',
    ['m4111 the parcel', 'm1111 the parcel', 'm1111 the parcel'],
    'm1111 the parcel',
  ],
  ['two orders', ['order 41111111 is late'], 'and order 11111111 too'],
  ['no digits', ['4111 1111 1111'], 'hello'],
  ['nothing before', [], '1111 1111'],
])('GUARD-2: these are no pieces of a card: %s', (_, earlier, text) => {
  expect(findSplitCard(earlier, text)).toBeNull();
});

/** CPU of one look, in milliseconds: the fastest of a few, for others have the machine too. */
function fastestMs(look: () => unknown): number {
  const all = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    look();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...all);
}

test('TRUST-5: pieces without end keep nobody waiting: what has no room in a card is not tried', () => {
  const digits = (count: number) => '1 '.repeat(count);
  const earlier = [digits(256), digits(256), digits(256)];
  expect(fastestMs(() => findSplitCard(earlier, digits(8_192)))).toBeLessThan(8);
});
