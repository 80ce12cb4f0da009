import * as v from 'valibot';

/**
 * Building blocks of the centre's file. Each message says what was expected, as the end of the
 * sentence "queues[0].answerSeconds must be …".
 */
export const whole = (min: number, max: number) => {
  const message = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(min, message),
    v.maxValue(max, message),
  );
};

/** A whole number in the range, or 0 for "off". */
export const wholeOrZero = (min: number, max: number) => {
  const message = `0 or a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.check((value) => value === 0 || (value >= min && value <= max), message),
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
  );
};

const idMessage = 'an id: 1 to 64 of the characters A–Z a–z 0–9 . _ -';
export const id = v.pipe(v.string(idMessage), v.regex(/^[A-Za-z0-9_.-]{1,64}$/, idMessage));

export const truth = v.boolean('true or false');

export const oneOf = <const T extends readonly string[]>(names: T) =>
  v.picklist(names, names.join(' or '));

export const list = <T extends v.GenericSchema>(of: T, max: number) =>
  v.pipe(v.array(of, 'a list'), v.maxLength(max, `a list of at most ${max}`));
