import type { Random } from '../../simulation/random.ts';

/** What is sent: text, bytes said to be text, or bytes. */
export type Shot =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly binary: boolean };

/** Stands in everything that a person could have written: it must be found nowhere. */
export const CANARY = 'canary-of-the-fuzzer';

const HUGE = 20_000;
const DEEP = 4_000;
const TOO_LARGE = 140_000;
const CUT_BYTES = 300_000;

const strings = (random: Random): string =>
  random.pick([
    '',
    ' ',
    CANARY,
    '__proto__',
    'constructor',
    'hello',
    'command',
    'null',
    '../../etc/passwd',
    "'; DROP TABLE events; --",
    `<img src=x onerror=${CANARY}>`,
    `${CANARY}\u0000\u001b[31m\r\n{"level":"fatal"}`,
    '\ud800',
    'a\udc00b',
    '\u202e\u2066\ufeff\u200d',
    'ı'.repeat(300),
    '👩‍👩‍👧‍👦'.repeat(50),
    '4111 1111 1111 1111',
    'e'.repeat(65),
    CANARY.repeat(HUGE / CANARY.length),
  ]) ?? '';

const numbers = [0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324];
const literals = ['1e999', '-1e999', '1E400', '00', '1.', '+1', 'NaN', 'undefined', '0x10'];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const other = (random: Random): Json =>
  random.pick<() => Json>([
    () => null,
    () => random.chance(0.5),
    () => random.pick(numbers) ?? 0,
    () => strings(random),
    () => [],
    () => ({}),
    () => Array<Json>(random.pick([1, 61, HUGE]) ?? 1).fill(0),
    () => ({ type: strings(random), constructor: 1, toString: null }),
  ])?.() ?? null;

/** One example of the wire with something wrong with it, or right as it is; `others`: to take parts from. */
export function mutateFrame(random: Random, frame: object, others: readonly object[]): Shot {
  const json = structuredClone(frame) as Json;
  const times = random.pick([0, 1, 1, 1, 2, 3]) ?? 1;
  for (let n = 0; n < times; n++) change(random, json, others);
  const whole = JSON.stringify(json);
  switch (random.below(14)) {
    case 0:
      return text(whole.slice(0, random.below(whole.length)));
    case 1: {
      const at = random.below(whole.length);
      return text(
        whole.slice(0, at) + String.fromCharCode(random.below(700)) + whole.slice(at + 1),
      );
    }
    // An own key of that name, which no object literal could have.
    case 2:
      return text(whole.replace('{', `{"__proto__":{"type":"hello","x":"${CANARY}"},`));
    case 3:
      return text(whole.replace(/:\d+/, `:${random.pick(literals)}`));
    // The same key twice.
    case 4:
      return text(whole.replace('{', `{"type":${JSON.stringify(strings(random))},`));
    case 5:
      return random.chance(0.1)
        ? text(whole.replace('{', `{"deep":${'['.repeat(DEEP)}${']'.repeat(DEEP)},`))
        : text(` \n\t${whole}\n`);
    case 6:
      return { kind: 'bytes', bytes: Buffer.from(whole), binary: true };
    case 7:
      if (random.chance(0.9)) return text(whole);
      return { kind: 'bytes', bytes: broken(random, whole), binary: false };
    case 8:
      if (random.chance(0.95)) return text(whole);
      return text(
        whole.replace(
          '{',
          `{"more":"${CANARY.padEnd(random.chance(0.5) ? TOO_LARGE : CUT_BYTES, 'x')}",`,
        ),
      );
    default:
      return text(whole);
  }
}

const text = (text: string): Shot => ({ kind: 'text', text });

/** Not UTF-8 any more. */
function broken(random: Random, whole: string): Buffer {
  const bytes = Buffer.from(whole);
  bytes[random.below(bytes.length)] = 0xff;
  return bytes;
}

/** Something somewhere in it: taken away, doubled, replaced, renamed, or put where it doesn't belong. */
function change(random: Random, json: Json, others: readonly object[]): void {
  const places: [Record<string, Json>, string][] = [];
  const walk = (at: Json): void => {
    if (typeof at !== 'object' || at === null) return;
    for (const key of Object.keys(at)) {
      places.push([at as Record<string, Json>, key]);
      walk((at as Record<string, Json>)[key] ?? null);
    }
  };
  walk(json);
  const [holder, key] = random.pick(places) ?? [];
  if (holder === undefined || key === undefined) return;
  const value = holder[key] ?? null;
  switch (random.below(7)) {
    case 0:
      delete holder[key];
      return;
    case 1:
      holder[key] = other(random);
      return;
    case 2:
      holder[key] = [value, value];
      return;
    case 3:
      holder[strings(random).slice(0, 80)] = value;
      return;
    case 4:
      holder[key] = structuredClone(random.pick(others) ?? {}) as Json;
      return;
    case 5:
      if (typeof value === 'string')
        holder[key] = random.chance(0.5) ? value + strings(random) : strings(random);
      else if (typeof value === 'number') holder[key] = random.pick(numbers) ?? 0;
      else holder[key] = other(random);
      return;
    default:
      if (typeof value === 'string' && value.length > 30) holder[key] = `${CANARY} ${value}`;
      else holder[key] = value === null ? strings(random) : null;
  }
}
