import type { Found } from './policy.ts';
import type { Reading } from './read-text.ts';

/** Security codes that stand beside one of the cards, and those that are called so by a word of their own. */
export function findCodes({ plain }: Reading, cards: readonly Found[]): readonly Found[] {
  const found: Found[] = [];
  const add = (end: number, code: string): void => {
    found.push({ entity: 'CVV', start: end - code.length, end });
  };
  for (const { entity, start, end } of cards) {
    if (entity !== 'CREDIT_CARD') continue;
    const after = plain.slice(end, end + BESIDE_CHARACTERS);
    const beside = (isLong(plain, start, end) ? BESIDE_FOUR : BESIDE_THREE).exec(after);
    if (beside !== null) add(end + beside[0].length, beside.groups?.code ?? '');
    const before = Math.max(0, start - BESIDE_CHARACTERS);
    for (const [from, text] of [
      [before, plain.slice(before, start)],
      [end, after],
    ] as const)
      for (const named of text.matchAll(NAMED_BESIDE_CARD))
        add(from + named.index + named[0].length, named.groups?.code ?? '');
  }
  if (SOME_NAME.test(plain))
    for (const named of plain.matchAll(NAMED))
      add(named.index + named[0].length, named.groups?.code ?? '');
  return found;
}

/** Codes of American Express, whose cards have 15 digits, are longer. */
function isLong(plain: string, start: number, end: number): boolean {
  return plain.slice(start, end).replaceAll(/\D/g, '').length === AMERICAN_EXPRESS;
}

const AMERICAN_EXPRESS = 15;
/** “ exp. 12/2027, security code: 123”. */
const BESIDE_CHARACTERS = 64;

const EXPIRY = String.raw`(?:[a-zà-ÿ]{0,12}[^a-z\d]{0,4})?(?:0?[1-9]|1[0-2])\s?[-/.]\s?(?:20)?\d\d(?!\d)`;
const LABEL = String.raw`(?:cvv2?|cvc2?|cvn2?|cvp2|cid|csc|c[óo]d(?:igo)?\.?(?: de)? seguran[çc]a|(?:security|card) code|pr(?:ü|ue)fziffer|sicherheitscode|kartenpr(?:ü|ue)fnummer)`;
/** No amount, and no beginning of another number. */
const ENDS = String.raw`(?!\d|[-.,/]\d| \d{3}| ?(?:€|\$|%|eur|usd))`;

const beside = (digits: number): RegExp =>
  new RegExp(
    String.raw`^[^a-z\d]{0,6}(?:${EXPIRY}[^a-z\d]{0,6})?(?<code>\d{${digits}})${ENDS}`,
    'i',
  );
const BESIDE_THREE = beside(3);
const BESIDE_FOUR = beside(4);

/** Words that mean nothing else; the longer ones only where there is a card. */
const NAMED = /\b(?:cvv2?|cvc2?)\b[^\d\n]{0,12}(?<code>\d{3,4})(?!\d)/gi;
const SOME_NAME = /cv[vc]/i;
const NAMED_BESIDE_CARD = new RegExp(
  String.raw`(?<![a-z])${LABEL}[^\d\n]{0,12}(?<code>\d{3,4})(?!\d)`,
  'gi',
);
