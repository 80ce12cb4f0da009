/** Colours that can be read, made of the one that a site has chosen. All of them `#rrggbb`. */
export type Accent = {
  /** Grounds in the site's colour, and what is written on them. */
  readonly fill: string;
  readonly ink: string;
  /** The site's colour as text on `ground`. */
  readonly text: string;
};

/** `ground`: what the page is made of; light or dark. */
export function accentOn(colour: string, ground: string): Accent {
  // A dark brand on a dark page must still be seen to be there.
  const fill = away(colour, ground, SEEN);
  const ink = contrast(fill, WHITE) >= contrast(fill, BLACK) ? WHITE : BLACK;
  return { fill, ink, text: away(colour, ground, READ) };
}

/** WCAG 2.2: the ratio of two colours' brightness, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [brightness(one), brightness(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const WHITE = '#ffffff';
const BLACK = '#000000';
/** Large areas that aren't read need little; text needs WCAG's 4.5. */
const SEEN = 1.5;
const READ = 4.5;

/** The colour itself, or as little lighter or darker as gives it this contrast with `ground`. */
function away(colour: string, ground: string, ratio: number): string {
  const end = contrast(ground, WHITE) > contrast(ground, BLACK) ? WHITE : BLACK;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, end, share);
    if (contrast(mixed, ground) >= ratio) return mixed;
  }
  return end;
}

const channels = (colour: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

function brightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(one: string, other: string, share: number): string {
  const end = channels(other);
  const mixed = channels(one).map((value, n) =>
    Math.round(value + ((end[n] ?? 0) - value) * share),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
