import { expect, test } from 'vitest';
import { Environment, exitCodes } from '../../../server/settings.ts';
import { readOperations, withSettings } from '../centre/write-settings.ts';

const page = readOperations();

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

test('the settings of the centre’s file stand there as the schema has them', () => {
  const how = 'Run: node test/server/centre/write-settings.ts';
  expect(readOperations(), how).toBe(withSettings(readOperations()));
});

test.each([
  '| `answerSeconds` | 45 | 15–300 | time to answer an offer, from when it is shown |',
  '| `limits.work-item` | 5 | 0–50 | work items at once |',
  '| `onReject` | requeue | requeue, refused | to the next agent; or the agent is not ready as well |',
  '| `form` | name, email, subject | up to 4 | what is asked before the chat |',
  '| `script[].kind` | needed | text, choice, number | |',
])('a setting is explained with its default and its range: %s', (row) => {
  expect(page.split('\n')).toContain(row);
});

test('every exit code is explained', () => {
  for (const code of [1, 6, ...Object.values(exitCodes)]) expect(page).toMatch(`\n| ${code} |`);
});
