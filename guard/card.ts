import { cardNumber } from 'card-validator/dist/card-number.js';
import luhn10 from 'card-validator/dist/luhn-10.js';

/** How long the security code of a valid card is; null: no card. Digits alone, in ASCII. */
export function codeLengthOf(digits: string): number | null {
  if (digits.length < LENGTH_MIN || digits.length > LENGTH_MAX) return null;
  return couldBegin(digits) && luhn10(digits) ? issued(digits) : null;
}

/** The cheapest question of all. */
export const couldBegin = (digits: string): boolean => ISSUERS.has(digits.charCodeAt(0));

export const LENGTH_MIN = 13;
export const LENGTH_MAX = 19;

/** 0, 1 and 7 are airlines, fuel and times in milliseconds. */
const ISSUERS = new Set([...'2345689'].map((one) => one.charCodeAt(0)));

/** Issuers are told apart by eight digits at most (ISO 7812), and those are nobody's secret. */
const ISSUER_DIGITS = 8;
/** By issuer and length, for the library takes 10 µs for each; the world has some thousand that anybody meets. */
const known = new Map<string, number | null>();
const KNOWN_MAX = 5_000;

/** As `codeLengthOf`, for digits that pass Luhn. */
function issued(digits: string): number | null {
  const issuer = digits.slice(0, ISSUER_DIGITS);
  const key = issuer + digits.length;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { card, isValid } = cardNumber(issuer.padEnd(digits.length, '0'), {
    skipLuhnValidation: true,
  });
  const length = isValid && card !== null && isIssued(card.type, digits) ? card.code.size : null;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, length);
  return length;
}

/**
 * The library takes every length from 12 to 19 for whatever begins with 6; one tracking code in
 * sixty would be a card. Lengths that few issuers have are left to these few.
 */
function isIssued(type: string, digits: string): boolean {
  switch (digits.length) {
    case 16:
    case 18:
    case 19:
      return true;
    case 15:
      return type === 'american-express' || OLD_MAESTRO.test(digits);
    case 14:
      return type === 'diners-club' || OLD_MAESTRO.test(digits);
    default:
      return OLD_MAESTRO.test(digits);
  }
}

/** Debit cards of some countries, Belgium's with 17 digits among them. */
const OLD_MAESTRO = /^(?:50(?:18|20|33|38)|5893|6304|6390|67)/;
