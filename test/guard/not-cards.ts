import { composeIBAN } from 'ibantools';
import type { createChance } from './chance.ts';

/** What is no card and must stay as it is, made anew from a seed. */
export const notCards = {
  'order numbers of 10 digits': ({ digits }) => digits(10),
  'order numbers of 12 digits': ({ digits }) => digits(12),
  'tracking codes of 15 digits': ({ digits }) => digits(15),
  'numbers of 16 digits that fail Luhn': ({ digits, pick }) => {
    const number = digits(15);
    const right = checkDigit(number);
    return number + pick([...'0123456789'].filter((one) => one !== right));
  },
  'pairs of phone numbers': ({ phone, pick }) =>
    phone() + pick([' / ', ' ', ', ', '\n', ' or ']) + phone(),
  dates: ({ date, pick }) => {
    const style = pick([0, 1, 2, 3, 4]);
    const between = pick([' - ', ' ', ' to ', '/', ', ', '\n']);
    return date(style) + between + date(style);
  },
  'times to the second': ({ date, below }) =>
    `${date(0).replaceAll('-', '')}${two(below(24))}${two(below(60))}${two(below(60))}`,
  UUIDs: ({ hex }) => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  'UUIDs of digits alone': ({ digits }) =>
    `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
  IBANs: ({ digits, pick }) => {
    const [country, length] = pick([
      ['DE', 18],
      ['ES', 20],
      ['PL', 24],
      ['AT', 16],
    ] as const);
    const iban = `${country}00${digits(length)}`;
    const whole = composeIBAN({ countryCode: country, bban: iban.slice(4) }) ?? iban;
    return pick([whole, whole.replaceAll(/(.{4})(?=.)/g, '$1 ')]);
  },
  IMEIs: ({ digits, pick }) => {
    const number = pick(['35', '86', '01', '99', '35', '86']) + digits(12);
    const imei = number + checkDigit(number);
    return pick([imei, imei.replace(/(..)(.{6})(.{6})(.)/, '$1-$2-$3-$4')]);
  },
  'times in milliseconds': ({ below }) => String(1_500_000_000_000 + below(500_000_000_000)),
} as const satisfies Readonly<Record<string, (chance: ReturnType<typeof createChance>) => string>>;

function checkDigit(number: string): string {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

const two = (value: number): string => String(value).padStart(2, '0');
