import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Ability } from '../../../protocol/cards.ts';
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

/** What asks for an ability is a decider; the set-up only hands it on. */
const deciders = ['server', 'server/agents', 'server/interactions'].flatMap((folder) =>
  readdirSync(new URL(`../../../${folder}/`, import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`../../../${folder}/${name}`, import.meta.url), 'utf8')),
);
test.each(Ability.options)(
  'STATE-12: the ability %s is asked for, or the page says that nothing asks for it yet',
  (ability) => {
    const isAsked = deciders.some((code) => code.includes(`abilities.includes('${ability}')`));
    const [line = ''] = page
      .split('\n')
      .filter((one) => one.startsWith('- `') && one.split(':')[0]?.includes(`\`${ability}\``));
    expect(line).not.toBe('');
    expect(line.includes('nothing asks for them yet')).toBe(!isAsked);
  },
);
