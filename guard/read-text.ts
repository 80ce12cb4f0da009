/**
 * A text as finders read it: `plain` has the original's length, with digits, blanks, dashes, dots
 * and slashes of all kinds as their ASCII twins and everything that nobody sees as `INVISIBLE`;
 * `clusters` are groups of digits that may belong together.
 */
export type Reading = {
  readonly plain: string;
  readonly clusters: readonly Cluster[];
};

/** Groups with nothing but a few separators between them. */
export type Cluster = readonly Group[];

/** Digits without a visible character between them. */
export type Group = { readonly digits: string; readonly start: number; readonly end: number };

export const INVISIBLE = '\u200b';

/** “4111 - 1111”, a line's end with its blanks; more between two groups and they are two numbers. */
const SEPARATORS_MAX = 3;

export function readText(text: string): Reading {
  const plain = BEYOND_ASCII.test(text)
    ? text.replaceAll(EACH_BEYOND, (one) => TWINS.get(one) ?? one)
    : text;
  return { plain, clusters: clustersOf(plain) };
}

function clustersOf(plain: string): readonly Cluster[] {
  const clusters: Group[][] = [];
  let cluster: Group[] | null = null;
  let separators = 0;
  for (let at = 0; at < plain.length; ) {
    const code = plain.charCodeAt(at);
    if (isDigit(code)) {
      const group = readGroup(plain, at);
      if (cluster === null || separators > SEPARATORS_MAX) {
        cluster = [];
        clusters.push(cluster);
      }
      cluster.push(group);
      separators = 0;
      at = group.end;
    } else {
      if (SEPARATORS.has(code)) separators++;
      else if (code !== INVISIBLE_CODE) cluster = null;
      at++;
    }
  }
  return clusters;
}

function readGroup(plain: string, start: number): Group {
  let end = start;
  let hidden = false;
  for (let at = start; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    if (isDigit(code)) end = at + 1;
    else if (code === INVISIBLE_CODE) hidden = true;
    else break;
  }
  const digits = plain.slice(start, end);
  return { digits: hidden ? digits.replaceAll(INVISIBLE, '') : digits, start, end };
}

/** Where the group's first `count` digits end. */
export function endAfter(plain: string, { start }: Group, count: number): number {
  let at = start;
  for (let left = count; left > 0; at++) if (isDigit(plain.charCodeAt(at))) left--;
  return at;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const SEPARATORS = new Set([...' \t\n\r\v\f-./\\_|'].map((one) => one.charCodeAt(0)));
const INVISIBLE_CODE = INVISIBLE.charCodeAt(0);

const BEYOND_ASCII = /[^\0-\x7f]/;
const EACH_BEYOND = /[^\0-\x7f]/g;

/** Zeros of Arabic, Persian and full-width digits: nine more follow each. */
const ZEROS = [0x0660, 0x06f0, 0xff10];
/** First and last code point of those that read as the same. */
const ALIKE: readonly (readonly [string, readonly (readonly [number, number])[]])[] = [
  [
    ' ',
    [
      [0x00a0, 0x00a0],
      [0x1680, 0x1680],
      [0x2000, 0x200a],
      [0x2028, 0x2029],
      [0x202f, 0x202f],
      [0x205f, 0x205f],
      [0x3000, 0x3000],
    ],
  ],
  [
    '-',
    [
      [0x2010, 0x2015],
      [0x2043, 0x2043],
      [0x2212, 0x2212],
      [0xfe58, 0xfe58],
      [0xfe63, 0xfe63],
      [0xff0d, 0xff0d],
    ],
  ],
  [
    '.',
    [
      [0x00b7, 0x00b7],
      [0x2022, 0x2022],
      [0x2024, 0x2024],
      [0x2027, 0x2027],
      [0x30fb, 0x30fb],
      [0xff0e, 0xff0e],
    ],
  ],
  [
    '/',
    [
      [0x2044, 0x2044],
      [0x2215, 0x2215],
      [0xff0f, 0xff0f],
    ],
  ],
  ['@', [[0xff20, 0xff20]]],
  // Soft hyphens, joiners, marks of direction, what makes a keycap of a digit.
  [
    INVISIBLE,
    [
      [0x00ad, 0x00ad],
      [0x034f, 0x034f],
      [0x061c, 0x061c],
      [0x180e, 0x180e],
      [0x200b, 0x200f],
      [0x202a, 0x202e],
      [0x2060, 0x206f],
      [0x20e3, 0x20e3],
      [0xfe0e, 0xfe0f],
      [0xfeff, 0xfeff],
    ],
  ],
];

const TWINS: ReadonlyMap<string, string> = new Map([
  ...ZEROS.flatMap((zero) =>
    [...'0123456789'].map((digit, n) => [String.fromCharCode(zero + n), digit] as const),
  ),
  ...ALIKE.flatMap(([twin, ranges]) =>
    ranges.flatMap(([first, last]) =>
      Array.from(
        { length: last - first + 1 },
        (_, n) => [String.fromCharCode(first + n), twin] as const,
      ),
    ),
  ),
]);
