import { parseArgs } from 'node:util';
import { type SubjectName, subjectNames } from './subject.ts';

export const measureNames = [
  'talk',
  'sustained',
  'connections',
  'growth',
  'routing',
  'guard',
  'ready',
  'history',
  'panel',
] as const;
export type MeasureName = (typeof measureNames)[number];

export type Options = {
  /** One JSON object as the last line of the output. */
  readonly json: boolean;
  /** A minute or two while developing: short times, fewer clients; the figures mean little. */
  readonly quick: boolean;
  readonly rounds: number;
  readonly measures: readonly MeasureName[];
  readonly subjects: readonly SubjectName[];
  /** A folder for CPU profiles of Deskside, one file per thread; null: none are made. */
  readonly profile: string | null;
};

export const usage = `npm run bench -- [options]
  --json             one JSON object as the last line
  --quick            short times and fewer clients, one round: for developing
  --only NAME        one of: ${measureNames.join(', ')} (may be repeated)
  --subject NAME     one of: ${subjectNames.join(', ')} (may be repeated)
  --rounds N         3 unless told
  --profile FOLDER   CPU profiles of Deskside, one file per thread`;

/** @throws an Error of one line. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [...measureNames] },
      subject: { type: 'string', multiple: true, default: [...subjectNames] },
      rounds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number.');
  return {
    json: values.json,
    quick: values.quick,
    rounds,
    measures: chosen('--only', values.only, measureNames),
    subjects: chosen('--subject', values.subject, subjectNames),
    profile: values.profile ?? null,
  };
}

function chosen<T extends string>(
  option: string,
  given: readonly string[],
  known: readonly T[],
): readonly T[] {
  const unknown = given.find((name) => !known.some((other) => other === name));
  if (unknown !== undefined)
    throw new Error(`${option}: ${unknown} is none of ${known.join(', ')}`);
  return known.filter((name) => given.includes(name));
}
