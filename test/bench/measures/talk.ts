import type { Bench } from '../bench.ts';
import { closedLoop } from '../closed-loop.ts';
import type { Recording } from '../ledger.ts';
import { type Outcome, openLoop } from '../open-loop.ts';
import type { SubjectName } from '../subject.ts';

const RATES = [500, 2000] as const;
/** A disk that stands still for half a second spoils one window, for whoever has it: the median counts. */
const WINDOWS = 3;

/** Latency of one conversation, and of 500 side by side at two rates. */
export async function measureTalk(bench: Bench, name: SubjectName): Promise<void> {
  const { quick } = bench.options;
  const pairs = quick ? 120 : 500;
  await bench.withSubject(name, async (subject, ledger) => {
    await subject.start();
    await subject.open(1);
    await subject.talk();
    await closedLoop(subject, ledger, 1);
    const closed = await closedLoop(subject, ledger, quick ? 3 : 6);
    addLatencies(bench, name, 'closed', closed);

    await subject.open(pairs - 1);
    await subject.talk();
    await openLoop(subject, ledger, { rate: 1000, seconds: quick ? 1 : 3, pairs });
    for (const rate of RATES) {
      const load = { rate, seconds: quick ? 3 : 5, pairs };
      const outcome = await median(quick ? 1 : WINDOWS, async () => {
        const window = await openLoop(subject, ledger, load);
        if (window.drowned || window.refusals.size > 0)
          throw new Error(`${name} at ${rate}/s: ${refusalsOf(window)}`);
        return window;
      });
      const { add } = bench.results;
      addLatencies(bench, name, `open-${rate}`, outcome);
      add(`open-${rate}-cpu`, name, (outcome.server.cpuSeconds / outcome.sent) * 1000);
      add(`open-${rate}-block-p99`, name, outcome.server.blockMsP99);
      add(`open-${rate}-block-max`, name, outcome.server.blockMsMax);
      if (outcome.server.waited !== null)
        add(`open-${rate}-waited`, name, outcome.server.waited * 100);
      add(`open-${rate}-late-p99`, name, outcome.late.percentile(99));
      add(`open-${rate}-others`, name, outcome.others * 100);
    }
  });
}

/** The window in the middle, by the latency to the other side. */
async function median(count: number, run: () => Promise<Outcome>): Promise<Outcome> {
  const first = await run();
  const windows = [first];
  for (let n = 1; n < count; n++) windows.push(await run());
  windows.sort((one, two) => one.other.percentile(99) - two.other.percentile(99));
  return windows[Math.floor(count / 2)] ?? first;
}

function addLatencies(
  bench: Bench,
  name: SubjectName,
  load: 'closed' | `open-${(typeof RATES)[number]}`,
  { ack, other }: Recording,
): void {
  const { add } = bench.results;
  add(`${load}-ack-p50`, name, ack.percentile(50));
  add(`${load}-ack-p99`, name, ack.percentile(99));
  add(`${load}-other-p50`, name, other.percentile(50));
  add(`${load}-other-p99`, name, other.percentile(99));
  bench.say(
    `${name} ${load}: ack ${ms(ack.percentile(50))} / ${ms(ack.percentile(99))}, ` +
      `other side ${ms(other.percentile(50))} / ${ms(other.percentile(99))}`,
  );
}

const ms = (value: number) => `${value.toFixed(2)} ms`;

export function refusalsOf({ refusals }: Recording): string {
  const named = Array.from(refusals, ([refusal, count]) => `${count} × ${refusal}`);
  return named.length === 0 ? 'messages did not arrive' : named.join(', ');
}
