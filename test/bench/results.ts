import { type Figure, type FigureName, figures } from './figures.ts';
import { type Spread, spread } from './samples.ts';
import { type SubjectName, subjectNames } from './subject.ts';

/** What was measured, a value per round. */
export type Results = {
  readonly add: (figure: FigureName, subject: SubjectName, value: number) => void;
  readonly rows: () => readonly Row[];
};

/** One figure: the median of the rounds with its spread, and the ratios of the medians. */
export type Row = {
  readonly name: FigureName;
  readonly figure: Figure;
  readonly subjects: Readonly<Record<SubjectName, Spread | null>>;
  readonly ratios: Readonly<Record<'c/a' | 'c/b', number | null>>;
  /** Null where there is no aim, or nothing to hold against it. */
  readonly met: boolean | null;
};

export function createResults(): Results {
  const values = new Map<string, number[]>();
  const keyOf = (figure: FigureName, subject: SubjectName) => `${figure} ${subject}`;

  function row(name: FigureName): Row | null {
    const of = (subject: SubjectName) => {
      const found = values.get(keyOf(name, subject));
      return found === undefined ? null : spread(found);
    };
    const subjects = { a: of('a'), b: of('b'), c: of('c') };
    if (subjectNames.every((subject) => subjects[subject] === null)) return null;
    const ratios = {
      'c/a': ratio(subjects.c, subjects.a),
      'c/b': ratio(subjects.c, subjects.b),
    };
    const figure: Figure = figures[name];
    return { name, figure, subjects, ratios, met: met(figure, subjects.c, ratios) };
  }

  return {
    add(figure, subject, value) {
      const key = keyOf(figure, subject);
      const list = values.get(key) ?? [];
      list.push(value);
      values.set(key, list);
    },
    rows: () => (Object.keys(figures) as FigureName[]).flatMap((name) => row(name) ?? []),
  };
}

const ratio = (one: Spread | null, other: Spread | null): number | null =>
  one === null || other === null || other.median === 0 ? null : one.median / other.median;

function met({ aim }: Figure, own: Spread | null, ratios: Row['ratios']): boolean | null {
  if (aim === undefined) return null;
  const value = aim.of === 'c' ? (own?.median ?? null) : ratios[aim.of];
  if (value === null) return null;
  return aim.is === 'at most' ? value <= aim.value : value >= aim.value;
}
