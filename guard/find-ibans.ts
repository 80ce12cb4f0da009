import { countrySpecs, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import type { Found, Range } from './policy.ts';
import type { Reading } from './read-text.ts';
import type { Taken } from './taken.ts';

/** Valid bank accounts with their country, in one piece or in groups. */
export function findIbans({ plain }: Reading, taken: Taken): readonly Found[] {
  const found: Found[] = [];
  START.lastIndex = 0;
  for (let start = START.exec(plain); start !== null; start = START.exec(plain)) {
    const end = endOfIban(plain, start.index);
    if (end === null || taken.touches({ start: start.index, end })) continue;
    found.push({ entity: 'IBAN', start: start.index, end });
    START.lastIndex = end;
  }
  return found;
}

export function findUuids({ plain }: Reading): readonly Range[] {
  if (!plain.includes('-')) return [];
  return [...plain.matchAll(UUID)].map(({ index, 0: uuid }) => ({
    start: index,
    end: index + uuid.length,
  }));
}

/** Two letters and two digits, however they are set apart. */
const START = /[A-Za-z]{2}[ .\-/\u200b]{0,2}\d[ .\-/\u200b]{0,2}\d/g;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-z])/gi;

/** “DE89 - 3704”; what is invisible doesn't count. */
const SEPARATORS_MAX = 3;

function endOfIban(plain: string, start: number): number | null {
  const length = countrySpecs[plain.slice(start, start + 2).toUpperCase()]?.chars;
  if (length === undefined || length === null) return null;
  let iban = '';
  let separators = 0;
  let at = start;
  for (; iban.length < length; at++) {
    const one = plain.charAt(at);
    if (ALPHANUMERIC.test(one)) {
      iban += one;
      separators = 0;
    } else if (one === '' || (one !== '\u200b' && !SEPARATOR.test(one))) return null;
    else if (one !== '\u200b' && ++separators > SEPARATORS_MAX) return null;
  }
  const goesOn = DIGIT.test(plain.charAt(at));
  return !goesOn && isIban(iban.toUpperCase()) ? at : null;
}

/** A bank's own check digits are not asked for: who mistypes an account has still told most of it. */
const isIban = (iban: string): boolean =>
  validateIBAN(iban).errorCodes.every(
    (error) => error === ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
  );

const ALPHANUMERIC = /^[A-Za-z\d]$/;
const SEPARATOR = /^[\s.\-/_|\\]$/;
const DIGIT = /^\d$/;
