import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/contract.ts';

/** I10: what makes a repeated command harmless, and sign-ins that are over, don't grow for ever. */
export function forgetTheOld(store: Store, clock: Clock, log: Log): () => void {
  let cancel: () => void;
  const again = () => {
    cancel = clock.at(clock.now() + FORGET_EVERY_MS, () => void forget());
  };
  async function forget(): Promise<void> {
    try {
      const before = clock.now() - ANSWERS_KEPT_MS;
      while ((await store.forgetAnswers(before, FORGET_AT_ONCE)) === FORGET_AT_ONCE);
      const served = clock.now() - LAST_OWNERS_KEPT_MS;
      while ((await store.forgetLastOwners(served, FORGET_AT_ONCE)) === FORGET_AT_ONCE);
      const asked = clock.now() - MAILS_KEPT_MS;
      while ((await store.mails.forgetOver(asked, FORGET_AT_ONCE)) === FORGET_AT_ONCE);
      const { forgetExpired } = store.sessions;
      while ((await forgetExpired(clock.now(), FORGET_AT_ONCE)) === FORGET_AT_ONCE);
    } catch (error) {
      log.warn({ error }, 'what is old could not be forgotten; the next hour tries again');
    }
    again();
  }
  again();
  return () => cancel();
}

/** Outboxes that were offline for so long still hear the first answer; then it is forgotten. */
const ANSWERS_KEPT_MS = 30 * 24 * 3_600_000;
/** ROUTE-4: as far back as `preferredHours` may reach. */
const LAST_OWNERS_KEPT_MS = 720 * 3_600_000;
/** END-6: limits count the last hour. */
const MAILS_KEPT_MS = 3_600_000;
const FORGET_EVERY_MS = 3_600_000;
const FORGET_AT_ONCE = 1_000;
