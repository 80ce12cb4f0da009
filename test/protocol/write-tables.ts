import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { limits } from '../../protocol/limits.ts';
import { closeCodes, type RefusalName, refusalNames, refusals } from '../../protocol/refusals.ts';

/** Run as a program it writes the tables of docs/protocol.md anew from protocol/. */
const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const file = here('docs/protocol.md');

export const readDocument = (): string => readFileSync(file, 'utf8');

/** The document with each table between its marks replaced by what protocol/ says. */
export function withTables(document: string): string {
  const tables = { refusals: refusalTable(), 'close codes': closeTable(), limits: limitTable() };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [from, to] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
    const [before, rest] = text.split(from);
    const after = rest?.split(to)[1];
    if (before === undefined || after === undefined) throw new Error(`no place for ${name}`);
    return `${before}${from}\n${table}\n${to}${after}`;
  }, document);
}

function refusalTable(): string {
  const rows = refusalNames.map((name) => {
    const { final, sentence } = refusals[name];
    return `| \`${name}\` | ${final ? 'final' : 'again later'} | ${sentence} |\n`;
  });
  return `| refusal | | says |\n|---|---|---|\n${rows.join('')}`;
}

function closeTable(): string {
  const rows = Object.entries(closeCodes).map(([name, code]) => {
    const says = name in refusals ? refusals[name as RefusalName].sentence : reasons[name];
    if (says === undefined) throw new Error(`nobody says what the close code ${name} means`);
    return `| ${code} | \`${name}\` | ${says} |\n`;
  });
  return `| code | reason | says |\n|---|---|---|\n${rows.join('')}`;
}

/** Close codes that are no refusals. */
const reasons: Readonly<Record<string, string>> = {
  'going-away': 'The server stops, or nothing was heard for too long; come back with your cursors.',
  'too-slow':
    'Too much waited unsent, or a batch was not acknowledged; come back with your cursors.',
  'signed-out': 'The agent has signed out, and the desk has everything.',
};

/** With the reasons that stand beside them in protocol/limits.ts; a row without one shares the one above. */
function limitTable(): string {
  let reason = '';
  const rows: string[] = [];
  for (const line of readFileSync(here('protocol/limits.ts'), 'utf8').split('\n')) {
    reason = /^ {2}\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? reason;
    const name = /^ {2}(\w+): /.exec(line)?.[1] as keyof typeof limits | undefined;
    if (name === undefined) continue;
    rows.push(`| \`${name}\` | ${limits[name].toLocaleString('en')} | ${reason} |\n`);
    reason = '';
  }
  if (rows.length !== Object.keys(limits).length) throw new Error('a limit was not read');
  return `| limit | value | why |\n|---|---|---|\n${rows.join('')}`;
}

if (import.meta.main) {
  writeFileSync(file, withTables(readDocument()));
  console.log('The tables of docs/protocol.md are written.');
}
