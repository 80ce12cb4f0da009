import type { Bench } from '../bench.ts';
import type { Ledger } from '../ledger.ts';
import { type Outcome, openLoop } from '../open-loop.ts';
import type { Subject, SubjectName } from '../subject.ts';

/** A held rate acknowledges 99 of 100 within this time. */
const ACK_MS_P99 = 50;
const FIRST_RATE = 6_000;
const CLIMB = 1.4;
/** The search is over when what held and what didn't are this close. */
const CLOSE = 1.06;
/** After a hold that failed. */
const STEP_DOWN = 0.93;
const HOLDS_MAX = 5;
/** A failure says nothing of the rate when others used more of the machine than this. */
const OTHERS_MAX = 0.2;

/** The rate that each subject held in the round before, to begin the next search with. */
const before = new Map<SubjectName, number>();

/** The highest rate held for 30 s with ack p99 ≤ 50 ms and no growing queue. */
export async function measureSustained(bench: Bench, name: SubjectName): Promise<void> {
  const { quick } = bench.options;
  /** A customer may send 20 a second, an agent 200: 1,000 pairs stay below that up to 33,000/s. */
  const pairs = quick ? 300 : 1000;
  await bench.withSubject(name, async (subject, ledger) => {
    await subject.start();
    await subject.open(pairs);
    await subject.talk();
    await openLoop(subject, ledger, { rate: 2000, seconds: quick ? 1 : 4, pairs });
    // A probe is short: one that fails is tried once more, so that no passing disturbance decides.
    const holds = async (rate: number) =>
      (await probe(bench, subject, ledger, rate, pairs)) ||
      (await probe(bench, subject, ledger, rate, pairs));
    const known = before.get(name);
    const rate = known === undefined ? await highest(holds) : await higher(known, holds);
    await hold(bench, subject, ledger, rate, pairs);
  });
}

/** Probes upward until one fails, or downward until one holds, then between the two. */
async function highest(holds: (rate: number) => Promise<boolean>): Promise<number> {
  let good = 0;
  let bad = Number.POSITIVE_INFINITY;
  let next = FIRST_RATE;
  while (bad === Number.POSITIVE_INFINITY || good === 0) {
    if (await holds(next)) good = next;
    else bad = next;
    next = bad === Number.POSITIVE_INFINITY ? good * CLIMB : bad / CLIMB;
    if (next < 100) throw new Error('not even 100 messages/s were held');
  }
  while (bad / good > CLOSE) {
    const middle = Math.sqrt(good * bad);
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** From what was held in an earlier round: more, if probes say so. */
async function higher(known: number, holds: (rate: number) => Promise<boolean>): Promise<number> {
  let good = known;
  while (await holds(good * CLOSE)) good *= CLOSE;
  return good;
}

async function probe(
  bench: Bench,
  subject: Subject,
  ledger: Ledger,
  rate: number,
  pairs: number,
): Promise<boolean> {
  const rounded = Math.round(rate);
  const load = { rate: rounded, seconds: bench.options.quick ? 1.5 : 2.5, pairs };
  const outcome = await openLoop(subject, ledger, { ...load, backlogMax: rounded / 2 });
  const why = fault(outcome);
  bench.say(`${subject.name} probe ${rounded}/s: ${why ?? 'held'}${conditions(outcome)}`);
  return why === null;
}

async function hold(
  bench: Bench,
  subject: Subject,
  ledger: Ledger,
  found: number,
  pairs: number,
): Promise<void> {
  const { name } = subject;
  const { add } = bench.results;
  let rate = found;
  for (let attempt = 0; attempt < HOLDS_MAX; attempt++) {
    const rounded = Math.round(rate);
    const load = { rate: rounded, seconds: bench.options.quick ? 5 : 30, pairs };
    const outcome = await openLoop(subject, ledger, { ...load, backlogMax: rounded });
    const why = fault(outcome);
    bench.say(`${name} hold ${rounded}/s: ${why ?? 'held'}${conditions(outcome)}`);
    if (why !== null) {
      if (outcome.others < OTHERS_MAX) rate *= STEP_DOWN;
      continue;
    }
    before.set(name, rounded);
    add('sustained-rate', name, rounded);
    add('sustained-ack-p99', name, outcome.ack.percentile(99));
    add('sustained-other-p99', name, outcome.other.percentile(99));
    add('sustained-cpu', name, (outcome.server.cpuSeconds / outcome.sent) * 1000);
    add('sustained-block-p99', name, outcome.server.blockMsP99);
    add('sustained-block-max', name, outcome.server.blockMsMax);
    add('sustained-generator', name, outcome.generatorBusy * 100);
    add('sustained-others', name, outcome.others * 100);
    return;
  }
  throw new Error(
    `${name}: none of ${HOLDS_MAX} holds succeeded, the last at ${Math.round(rate)}/s`,
  );
}

const conditions = ({ generatorBusy, others }: Outcome) =>
  ` (generator ${(generatorBusy * 100).toFixed(0)} % busy, others ${(others * 100).toFixed(0)} %)`;

/** Why this rate doesn't count as held, or null. */
function fault({ ack, refusals, drowned, backlog, load }: Outcome): string | null {
  const [refused] = refusals.keys();
  if (refused !== undefined) return `refused (${refused})`;
  if (drowned) return 'the queue grew without end';
  const p99 = ack.percentile(99);
  if (p99 > ACK_MS_P99) return `ack p99 ${p99.toFixed(1)} ms`;
  const [first = 0, , , last = 0] = backlog;
  const growing = last > 2 * first && last > (load.rate * ACK_MS_P99) / 1000;
  return growing ? `the queue grew from ${first} to ${last}` : null;
}
