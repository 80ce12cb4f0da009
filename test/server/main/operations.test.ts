import { readFileSync } from 'node:fs';
import type * as v from 'valibot';
import { expect, test } from 'vitest';
import { CentreFile } from '../../../server/centre/schema.ts';
import { Environment, exitCodes } from '../../../server/settings.ts';

const page = readFileSync('docs/operations.md', 'utf8');

/** Rows of the page's tables, by what stands in their first cell. */
const rowsOf = (name: string) =>
  page.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));

test.each(Object.entries(Environment.entries))(
  'the variable %s is explained, with its default',
  (name, schema) => {
    const [row] = rowsOf(name);
    expect(row).toBeDefined();
    const value = (schema as { default?: unknown }).default;
    if (typeof value === 'string' && value.length < 20)
      expect(row).toContain(`| ${value} |`.replace('|  |', '|'));
  },
);

/** Every setting of the centre's file: its path's last part, its default, its range. */
const settings = settingsOf(CentreFile, '');

test('the centre’s file has the settings that this test looks for', () => {
  expect(settings.length).toBeGreaterThan(30);
  expect(settings).toContainEqual({
    name: 'answerSeconds',
    fallback: 45,
    range: '15–300',
  });
});

test.each(settings)('the setting $name is explained, with its default and range', (setting) => {
  const { name, fallback, range } = setting;
  const fits = rowsOf(name).filter(
    (row) =>
      (fallback === undefined || row.includes(`| ${fallback} |`)) &&
      (range === undefined || row.includes(range)),
  );
  expect(fits).not.toEqual([]);
});

test('every exit code is explained', () => {
  for (const code of [1, 6, ...Object.values(exitCodes)]) expect(page).toMatch(`\n| ${code} |`);
});

type Setting = { name: string; fallback: string | number | boolean | undefined; range?: string };

function settingsOf(schema: unknown, prefix: string): Setting[] {
  const { entries } = unwrap(schema) as unknown as { entries?: Record<string, unknown> };
  if (entries === undefined) return [];
  return Object.entries(entries).flatMap(([key, entry]) => {
    const name = `${prefix}${key}`;
    const inner = unwrap(entry);
    const { message, item } = inner as { message?: string; item?: unknown };
    const range = /from (\d+) to (\d+)/.exec(typeof message === 'string' ? message : '');
    const value = (entry as { default?: unknown }).default;
    const own: Setting = {
      name,
      fallback: ['string', 'number', 'boolean'].includes(typeof value)
        ? (value as string)
        : undefined,
      ...(range === null ? {} : { range: `${range[1]}–${range[2]}` }),
    };
    if (item !== undefined) {
      const isTop = prefix === '' && ['agents', 'queues', 'sites'].includes(key);
      const isLabelled = ['dispositions', 'notReadyReasons'].includes(key);
      return [own, ...(isLabelled ? [] : settingsOf(item, isTop ? '' : `${name}[].`))];
    }
    return [own, ...settingsOf(inner, key === 'settings' ? '' : `${name}.`)];
  });
}

/** What stands inside `optional` and `pipe`. */
function unwrap(schema: unknown): v.GenericSchema {
  const { type, wrapped, pipe } = schema as { type: string; wrapped?: unknown; pipe?: unknown[] };
  if (type === 'optional') return unwrap(wrapped);
  return pipe === undefined
    ? (schema as v.GenericSchema)
    : ({ ...(schema as object), pipe: undefined } as never);
}
