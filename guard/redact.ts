import { findCards } from './find-cards.ts';
import { findCodes } from './find-codes.ts';
import { findEmails } from './find-emails.ts';
import { findIbans, findUuids } from './find-ibans.ts';
import { findNationalIds } from './find-national-ids.ts';
import { findPhones } from './find-phones.ts';
import { mask } from './mask.ts';
import { actionOn, type Found, type Policy } from './policy.ts';
import { type Reading, readText } from './read-text.ts';
import { createTaken } from './taken.ts';

export type Redacted = {
  /** As long as the original (UTF-16), so what `found` says holds in both. */
  readonly text: string;
  /** In the order of the text; what the policy allows is not among it. */
  readonly found: readonly Found[];
  /** Something in it is to be dropped with its whole message; `text` is masked nevertheless. */
  readonly drop: boolean;
};

/**
 * GUARD-1, GUARD-4: what a policy doesn't allow in a text, and the text without it. Time and
 * memory are linear in the text; done twice it changes nothing more.
 */
export function redact(text: string, policy: Policy): Redacted {
  const found = findAll(text, policy);
  if (found.length === 0) return { text, found, drop: false };
  return {
    text: mask(text, found),
    found,
    drop: found.some(({ entity }) => actionOn(policy, entity) === 'drop'),
  };
}

/** A digit of any script that people type cards in, or an address: without them nothing begins. */
const COULD_HOLD = /[\d@\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\uff20]/;

function findAll(text: string, policy: Policy): readonly Found[] {
  const own = COULD_HOLD.test(text) ? findOwn(readText(text), policy) : [];
  const patterns = policy.patterns.filter(({ action }) => action !== 'allow');
  if (patterns.length === 0) return own;
  const more = patterns.flatMap(({ entity, find }) =>
    find(text).map(({ start, end }) => ({ entity, start, end })),
  );
  return [...own, ...more].sort((one, two) => one.start - two.start);
}

/**
 * The surest first: whoever comes later leaves alone what is taken. Bank accounts and UUIDs are
 * looked for even where they are allowed, for one account in twelve holds what reads like a card.
 */
function findOwn(reading: Reading, policy: Policy): readonly Found[] {
  const taken = createTaken(reading.plain.length);
  const found: Found[] = [];
  const take = (all: readonly Found[]): void => {
    for (const one of all)
      if (taken.take(one) && policy.entities[one.entity as keyof Policy['entities']] !== 'allow')
        found.push(one);
  };
  for (const uuid of findUuids(reading)) taken.take(uuid);
  take(findIbans(reading, taken));
  const cards = findCards(reading, taken);
  take(cards);
  take(findCodes(reading, cards));
  take(findNationalIds(reading, taken));
  take(findEmails(reading));
  take(findPhones(reading, taken));
  return found.sort((one, two) => one.start - two.start);
}
