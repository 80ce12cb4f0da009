import { createSamples, type Samples } from './samples.ts';

/**
 * Every message of a run by its number: when it was due, whether it was acknowledged, whether it
 * reached the other side. Both ends are in this process, so one clock times both.
 */
export type Ledger = {
  /** Enters a message that is due at `due` (performance.now()) and returns its number. */
  readonly enter: (due: number) => number;
  readonly acked: (n: number) => void;
  readonly delivered: (n: number) => void;
  readonly refused: (n: number, why: string) => void;
  /** From here on, messages count; earlier ones were for warming up. */
  readonly record: () => Recording;
  readonly unacked: () => number;
  readonly undelivered: () => number;
  /** Something that must not happen, whoever's bug it is: a gap, an unexpected refusal. */
  readonly fault: (what: string) => void;
  /** @throws when something was told twice or anything else went wrong. */
  readonly check: () => void;
};

export type Recording = {
  /** Milliseconds from the time a message was due. */
  readonly ack: Samples;
  readonly other: Samples;
  /** How often each refusal came. */
  readonly refusals: ReadonlyMap<string, number>;
};

const ACKED = 1;
const DELIVERED = 2;

export function createLedger(): Ledger {
  let due = new Float64Array(1 << 16);
  let seen = new Uint8Array(1 << 16);
  let entered = 0;
  let ackedCount = 0;
  let deliveredCount = 0;
  const faults: string[] = [];
  let first = 0;
  let refusals = new Map<string, number>();
  let ack = createSamples();
  let other = createSamples();

  function grow(): void {
    const moreDue = new Float64Array(due.length * 2);
    const moreSeen = new Uint8Array(due.length * 2);
    moreDue.set(due);
    moreSeen.set(seen);
    due = moreDue;
    seen = moreSeen;
  }

  /** False when it was there already. */
  function mark(n: number, what: number): boolean {
    const before = seen[n] ?? what;
    if ((before & what) !== 0) {
      faults.push(`message ${n} was ${what === ACKED ? 'acknowledged' : 'delivered'} twice`);
      return false;
    }
    seen[n] = before | what;
    return true;
  }

  return {
    enter(at) {
      if (entered === due.length) grow();
      due[entered] = at;
      return entered++;
    },
    acked(n) {
      if (!mark(n, ACKED)) return;
      ackedCount += 1;
      if (n >= first) ack.add(performance.now() - (due[n] as number));
    },
    delivered(n) {
      if (!mark(n, DELIVERED)) return;
      deliveredCount += 1;
      if (n >= first) other.add(performance.now() - (due[n] as number));
    },
    refused(n, why) {
      if (!mark(n, ACKED) || !mark(n, DELIVERED)) return;
      ackedCount += 1;
      deliveredCount += 1;
      refusals.set(why, (refusals.get(why) ?? 0) + 1);
    },
    record() {
      first = entered;
      refusals = new Map();
      ack = createSamples();
      other = createSamples();
      return { ack, other, refusals };
    },
    unacked: () => entered - ackedCount,
    undelivered: () => entered - deliveredCount,
    fault: (what) => void faults.push(what),
    check() {
      if (faults.length === 0) return;
      throw new Error(`${faults[0]}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}`);
    },
  };
}
