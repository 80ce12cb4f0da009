import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * A phone number as it is compared: E.164 (`+4930901820`); where it can't be completed (no
 * country is known, or it is no number of any) the digits alone, so that the same digits are
 * found again. Null: nothing to compare by. `country` is ISO 3166-1 alpha-2, for national numbers.
 */
export function phoneKey(text: string, country: string | null): string | null {
  const number =
    country === null
      ? parsePhoneNumberFromString(text)
      : parsePhoneNumberFromString(text, country as CountryCode);
  if (number?.isValid()) return number.number;
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  return digits.length < DIGITS_MIN ? null : digits;
}

/** Fewer are a room or a floor. */
const DIGITS_MIN = 5;

/** An e-mail address as it is compared; null: it is none. */
export function emailKey(text: string): string | null {
  const address = text.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : null;
}
