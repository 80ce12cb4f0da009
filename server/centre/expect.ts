import * as v from 'valibot';
import { isFree, otherThanReserved } from './reserved.ts';

/**
 * Building blocks of the centre's file. Each message says what was expected, as the end of the
 * sentence "queues[0].answerSeconds must be …"; the metadata is for the table in
 * docs/operations.md, which is written from the schema.
 */
export type SettingFacts = {
  /** What the column "range" says. */
  readonly range?: string;
  /** What the column "default" says where no value stands for itself. */
  readonly absent?: string;
};

const facts = <T>(of: SettingFacts) =>
  v.metadata<T, Record<string, unknown>>(of as Record<string, unknown>);

/** A setting that must be there. */
export const needed = <const T extends v.GenericSchema>(schema: T, says: string): T =>
  v.pipe(schema as v.GenericSchema, v.description(says)) as unknown as T;

/** A setting with a default. */
export const setting = <const T extends v.GenericSchema, const D extends v.InferInput<T>>(
  schema: T,
  fallback: D,
  says: string,
) => v.optional(needed(schema, says), fallback as never) as unknown as v.OptionalSchema<T, D>;

/** A setting that may be left out; `absent` is what holds then. */
export const ifGiven = <const T extends v.GenericSchema>(schema: T, absent: string, says: string) =>
  v.optional(
    v.pipe(schema as v.GenericSchema, v.description(says), facts({ absent })),
  ) as unknown as v.OptionalSchema<T, undefined>;

export const whole = (min: number, max: number) => {
  const message = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(min, message),
    v.maxValue(max, message),
    facts({ range: `${min}–${max}` }),
  );
};

/** A whole number in the range, or 0 for "off". */
export const wholeOrZero = (min: number, max: number) => {
  const message = `0 or a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.check((value) => value === 0 || (value >= min && value <= max), message),
    facts({ range: `${min}–${max}, or 0` }),
  );
};

/** Words for people: one line, no control characters. */
export const words = (max: number) => {
  const message = `a text of 1 to ${max} characters on one line`;
  return v.pipe(
    v.string(message),
    v.trim(),
    v.minLength(1, message),
    v.maxLength(max, message),
    v.regex(/^\P{Cc}*$/u, message),
    facts({ range: `1–${max} characters` }),
  );
};

/** Words for people, on as many lines as they like. */
export const prose = (max: number) => {
  const message = `a text of 1 to ${max} characters`;
  return v.pipe(
    v.string(message),
    v.trim(),
    v.minLength(1, message),
    v.maxLength(max, message),
    v.regex(/^(\P{Cc}|[\n\t])*$/u, message),
    facts({ range: `1–${max} characters` }),
  );
};

const idMessage = 'an id: 1 to 64 of the characters A–Z a–z 0–9 . _ -';
export const id = v.pipe(
  v.string(idMessage),
  v.regex(/^[A-Za-z0-9_.-]{1,64}$/, idMessage),
  v.check(isFree, `an id ${otherThanReserved}`),
);

/** A key of the attached data. */
export const dataKey = v.pipe(words(64), v.check(isFree, `a key ${otherThanReserved}`));

export const truth = v.boolean('true or false');

export const oneOf = <const T extends readonly string[]>(names: T) =>
  v.pipe(v.picklist(names, names.join(' or ')), facts({ range: names.join(', ') }));

export const list = <T extends v.GenericSchema>(of: T, max: number) =>
  v.pipe(
    v.array(of, 'a list'),
    v.maxLength(max, `a list of at most ${max}`),
    facts({ range: `up to ${max}` }),
  );

/** A list with at least one thing in it. */
export const someOf = <T extends v.GenericSchema>(of: T, max: number, what: string) =>
  v.pipe(
    v.array(of, 'a list'),
    v.maxLength(max, `a list of at most ${max}`),
    v.minLength(1, `a list of at least one ${what}`),
    facts({ range: `1–${max}` }),
  );

/** Settings by name inside others; left out, each has its default. */
export const group = <const T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, 'settings by name');

const languageMessage = 'a language like en, de or pt-BR';
export const language = v.pipe(
  v.string(languageMessage),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, languageMessage),
  v.maxLength(35, languageMessage),
);

/** `{ en: Hello, de: Hallo }` */
export const texts = (max: number) =>
  v.pipe(
    v.record(language, prose(max), 'a text for each language: {en: Hello}'),
    v.check((all) => Object.keys(all).length > 0, 'a text for each language: {en: Hello}'),
    facts({ range: `${max} characters each` }),
  );

const originMessage = 'an origin like https://shop.example, or self for this server';
export const origin = v.pipe(
  v.string(originMessage),
  v.check((text) => text === 'self' || isWebOrigin(text), originMessage),
);

function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}

const webAddressMessage = 'an address that begins with https:// or http://';
export const webAddress = v.pipe(
  v.string(webAddressMessage),
  v.trim(),
  v.maxLength(2048, `${webAddressMessage}, at most 2048 characters`),
  v.check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), webAddressMessage),
);
