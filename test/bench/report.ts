import { availableParallelism } from 'node:os';
import type { Aim, Figure } from './figures.ts';
import type { Row } from './results.ts';
import type { Spread } from './samples.ts';

/** The table that people read, one line per figure. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ figure, subjects, ratios, met }) => [
    `${figure.label} (${figure.unit})`,
    shown(subjects.a, figure),
    shown(subjects.b, figure),
    shown(subjects.c, figure),
    ratios['c/a'] === null ? '' : rounded(ratios['c/a']),
    ratios['c/b'] === null ? '' : rounded(ratios['c/b']),
    aimText(figure),
    met === null ? '' : met ? 'met' : 'MISSED',
  ]);
  const all = [
    ['', 'a: relay', 'b: stored relay', 'c: Deskside', 'c/a', 'c/b', 'aim', ''],
    ...lines,
  ];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((line) => line[column]?.length ?? 0)),
  );
  return all
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths?.[0] ?? 0) : cell.padStart(widths?.[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What `--json` prints, the same figures for a program. */
export function asJson(rows: readonly Row[], failures: readonly string[]): string {
  return JSON.stringify({
    cores: availableParallelism(),
    node: process.version,
    failures,
    figures: Object.fromEntries(
      rows.map(({ name, figure, subjects, ratios, met }) => [
        name,
        { unit: figure.unit, ...subjects, ratios, aim: figure.aim ?? null, met },
      ]),
    ),
  });
}

function shown(value: Spread | null, { unit }: Figure): string {
  if (value === null) return '';
  const { median, min, max } = value;
  const digits = unit === 's' ? 4 : undefined;
  const middle = rounded(median, digits);
  if (min === max) return middle;
  return `${middle} (${rounded(min, digits)}–${rounded(max, digits)})`;
}

const signs = { 'at most': '≤', 'at least': '≥' } as const satisfies Record<Aim['is'], string>;

function aimText({ aim }: Figure): string {
  if (aim === undefined) return '';
  const { of, is, value } = aim;
  return `${of === 'c' ? '' : `${of} `}${signs[is]} ${rounded(value)}`;
}

/** Three digits that mean something; `digits` behind the point when told. */
function rounded(value: number, digits?: number): string {
  if (digits !== undefined) return value.toFixed(digits);
  const size = Math.abs(value);
  return size >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(size >= 10 ? 1 : 2);
}
