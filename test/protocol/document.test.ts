import { expect, test } from 'vitest';
import { PROTOCOL } from '../../protocol/version.ts';
import { linesOf } from './session-in-text.ts';
import { readDocument, withTables } from './write-tables.ts';

const howTo =
  'protocol/ and the tables of docs/protocol.md differ: node test/protocol/write-tables.ts';

test('the tables of refusals, close codes and limits are those of protocol/', () => {
  const document = readDocument();
  expect(document === withTables(document), howTo).toBe(true);
});

test('a table that has fallen behind is noticed', () => {
  const document = readDocument();
  const old = document.replace('| `taken` | final |', '| `taken` | again later |');
  expect(old).not.toBe(document);
  expect(withTables(old)).toBe(document);
});

test('the document is about the version that is spoken', () => {
  const document = readDocument();
  expect(document).toContain(`Version ${PROTOCOL}.`);
  const hellos = linesOf(document).filter(({ text }) => text.includes('"type":"hello"'));
  const versions = new Set(hellos.map(({ text }) => /"protocol":(\d+)/.exec(text)?.[1]));
  expect([...versions].sort()).toEqual(['0', String(PROTOCOL)]);
});
