import { expect, test } from 'vitest';
import { isCode, isIn, repositoryFiles, textOf } from './repository/files.ts';
import { type ListedRule, listedRules, quotedRules } from './repository/rule-list.ts';
import { testNames } from './repository/test-names.ts';

const listed = listedRules(textOf('docs/rules.md'));
const quotes = repositoryFiles()
  .filter((file) => isIn(file, 'test') && isCode(file) && file !== 'test/rules.test.ts')
  .flatMap((file) =>
    testNames(file, textOf(file)).flatMap((name) => quotedRules(name).map((id) => ({ file, id }))),
  );

test('docs/rules.md lists each rule once, says what it says, and names the test that shows it', () => {
  expect(complaints(listed, quotes)).toEqual([]);
});

const rule: ListedRule = { id: 'OFFER-5', says: 'Back to the queue.', shownBy: ['test/a.test.ts'] };
const quote = { id: 'OFFER-5', file: 'test/a.test.ts' };

test.each<[string, readonly ListedRule[], readonly Quote[]]>([
  ['a rule that no test quotes', [rule], []],
  ['a rule whose test is another', [rule], [{ ...quote, file: 'test/b.test.ts' }]],
  ['a rule without a test', [{ ...rule, shownBy: [] }], [quote]],
  ['a rule without words', [{ ...rule, says: '' }], [quote]],
  ['a rule listed twice', [rule, rule], [quote]],
  ['a test that quotes a rule nobody lists', [], [quote]],
])('a dishonest list is caught: %s', (_, rules, tests) => {
  expect(complaints(rules, tests)).toHaveLength(1);
});

test('an honest list passes', () => {
  expect(complaints([rule], [quote])).toEqual([]);
  expect(
    listedRules('| rule | says | by |\n|---|---|---|\n| END-1 | a | `test/a.test.ts` |'),
  ).toEqual([{ id: 'END-1', says: 'a', shownBy: ['test/a.test.ts'] }]);
});

test('names are found in every way of writing a test', () => {
  const source = "test('A-1', f); it.skip(`A-2 ${x}`, f); test.each([1])('A-3', f); other('A-4')";
  expect(testNames('a.test.ts', source)).toEqual(['A-1', 'A-2 …', 'A-3']);
  expect(quotedRules('OFFER-5, CAP-1: text in UTF-8')).toEqual(['OFFER-5', 'CAP-1']);
});

type Quote = { readonly file: string; readonly id: string };

function complaints(rules: readonly ListedRule[], tests: readonly Quote[]): readonly string[] {
  const ids = new Set(rules.map(({ id }) => id));
  const twice = rules.filter(({ id }, at) => rules.findIndex((other) => other.id === id) !== at);
  const unlisted = tests.filter(({ id }) => !ids.has(id));
  return [
    ...twice.map(({ id }) => `${id} is listed twice`),
    ...unlisted.map(({ id, file }) => `${file} quotes ${id}, which docs/rules.md doesn't list`),
    ...rules.filter(({ says }) => says === '').map(({ id }) => `${id} says nothing`),
    ...rules.filter(({ shownBy }) => shownBy.length === 0).map(({ id }) => `${id} names no test`),
    ...rules.flatMap(({ id, shownBy }) =>
      shownBy
        .filter((file) => !tests.some((quote) => quote.id === id && quote.file === file))
        .map((file) => `no test in ${file} quotes ${id}`),
    ),
  ];
}
