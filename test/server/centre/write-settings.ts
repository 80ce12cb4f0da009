import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CentreFile } from '../../../server/centre/schema.ts';
import { type Row, tablesOf } from './settings-tables.ts';

/** Run as a program it writes the settings of the centre's file anew into docs/operations.md. */
const file = fileURLToPath(new URL('../../../docs/operations.md', import.meta.url));
const from = '<!-- settings -->\n';
const to = '<!-- end of settings -->';

export const readOperations = (): string => readFileSync(file, 'utf8');

export function withSettings(document: string): string {
  const [before, rest] = document.split(from);
  const after = rest?.split(to)[1];
  if (before === undefined || after === undefined) throw new Error('no place for the settings');
  const tables = tablesOf(CentreFile).map(({ title, rows }) =>
    title === '' ? table(rows) : `### \`${title}\`\n\n${table(rows)}`,
  );
  return `${before}${from}\n${tables.join('\n')}\n${to}${after}`;
}

const table = (rows: readonly Row[]): string =>
  `| setting | default | range | what it says |\n|---|---|---|---|\n${rows.map(line).join('')}`;

const line = ({ name, fallback, range, says }: Row): string =>
  `| \`${name}\` |${cell(fallback)}|${cell(range)}|${cell(says)}|\n`;

const cell = (text: string): string => (text === '' ? ' ' : ` ${text} `);

if (import.meta.main) {
  writeFileSync(file, withSettings(readOperations()));
  console.log('The settings in docs/operations.md are written.');
}
