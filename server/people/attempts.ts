import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

/**
 * How many wrong sign-ins are taken, per window. A pair is one account from one address: somebody
 * who forgot a password. The account's own limit is wider, so that a stranger can slow its owner
 * down but hardly shut them out; the address's is wide enough for an office behind one address.
 */
export type AttemptLimits = {
  readonly windowMs: number;
  readonly perPair: number;
  readonly perAccount: number;
  readonly perAddress: number;
  /** Refreshes from one address: a hundred desks behind one, woken by a restart, twice over. */
  readonly refreshesPerAddress: number;
};

export const attemptLimits: AttemptLimits = {
  windowMs: 15 * 60_000,
  perPair: 10,
  perAccount: 60,
  perAddress: 200,
  refreshesPerAddress: 2_000,
};

/** Keys remembered at once, about 10 MB; the least recently used is forgotten first. */
const KEYS_MAX = 50_000;

/**
 * Counts attempts before they are judged, in one step, so that a hundred at once are a hundred.
 * In memory: after a restart, or on another node, counting begins anew.
 */
export function createAttempts(limits: AttemptLimits, clock: Pick<Clock, 'now'>) {
  const pairs = tally(limits.perPair, limits.windowMs, clock);
  const accounts = tally(limits.perAccount, limits.windowMs, clock);
  const addresses = tally(limits.perAddress, limits.windowMs, clock);
  const refreshes = tally(limits.refreshesPerAddress, limits.windowMs, clock);
  const unjudged = (account: string, address: string): void => {
    addresses.giveBack(address);
    pairs.giveBack(pair(account, address));
    accounts.giveBack(account);
  };
  return {
    /** Counts a sign-in as wrong; milliseconds to wait when it may not even be tried, else null. */
    begin: (account: string, address: string): number | null =>
      addresses.take(address) ?? pairs.take(pair(account, address)) ?? accounts.take(account),
    /** It was right: what came before it in this pair is forgiven. */
    right(account: string, address: string): void {
      unjudged(account, address);
      pairs.clear(pair(account, address));
    },
    /** It was neither right nor wrong: nothing could be looked up. */
    unjudged,
    refresh: (address: string): number | null => refreshes.take(address),
  };
}

const pair = (account: string, address: string): string => `${address} ${account}`;

function tally(max: number, windowMs: number, clock: Pick<Clock, 'now'>) {
  const counts = new LRUCache<string, { count: number; readonly until: number }>({ max: KEYS_MAX });
  return {
    take(key: string): number | null {
      const now = clock.now();
      const one = counts.get(key);
      if (one === undefined || one.until <= now) {
        counts.set(key, { count: 1, until: now + windowMs });
        return null;
      }
      if (one.count >= max) return one.until - now;
      one.count++;
      return null;
    },
    giveBack(key: string): void {
      const one = counts.get(key);
      if (one !== undefined && one.count > 0) one.count--;
    },
    clear: (key: string): void => void counts.delete(key),
  };
}
