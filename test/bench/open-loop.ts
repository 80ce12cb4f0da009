import { performance } from 'node:perf_hooks';
import { seeded } from '../simulation/random.ts';
import { comesTrue, within } from './deadline.ts';
import type { Ledger, Recording } from './ledger.ts';
import { watchOthers } from './machine.ts';
import { pace } from './pacer.ts';
import type { ProcessFigures } from './process-figures.ts';
import { createSamples, type Samples } from './samples.ts';
import type { Side, Subject } from './subject.ts';

export type Load = {
  /** Messages per second, all pairs together. */
  readonly rate: number;
  readonly seconds: number;
  /** Over pairs 0 … pairs − 1, at random, texts and replies by turns. */
  readonly pairs: number;
  /** Ends early when so many messages wait for their acknowledgement. */
  readonly backlogMax?: number;
};

export type Outcome = Recording & {
  readonly load: Load;
  /** How late the generator itself was, in milliseconds; part of every latency. */
  readonly late: Samples;
  readonly sent: number;
  readonly server: ProcessFigures;
  /** Share of its one core that the generator was busy (1: it was the bottleneck). */
  readonly generatorBusy: number;
  /** Share of the machine that processes outside of the benchmark used meanwhile. */
  readonly others: number;
  /** Messages without an answer, in four parts of the time: the median of each. */
  readonly backlog: readonly number[];
  /** It ended early, or what was under way didn't arrive in time. */
  readonly drowned: boolean;
};

/** How long what is under way at the end may take before it counts as drowned. */
const DRAIN_MS = 8_000;
const SEED = 20_261_101;
/** Ticks are at least this far apart, so that the generator works in handfuls at high rates. */
const GAP_MS_MIN = 1;

/**
 * Sends by the clock whatever the server does, and times each message from the moment it was due:
 * a server that stops for a moment is charged for all who would have written meanwhile.
 */
export async function openLoop(subject: Subject, ledger: Ledger, load: Load): Promise<Outcome> {
  const { rate, seconds, pairs, backlogMax = Number.POSITIVE_INFINITY } = load;
  const gapMs = Math.max(GAP_MS_MIN, 1000 / rate);
  const perTick = (rate * gapMs) / 1000;
  const total = Math.round(rate * seconds);
  const late = createSamples();
  const backlog = [createSamples(), createSamples(), createSamples(), createSamples()];
  const speakers = turns(pairs);
  const random = seeded(SEED);
  let sent = 0;
  let gaveUp = false;

  await subject.figures();
  const recording = ledger.record();
  const othersSince = watchOthers();
  const before = performance.eventLoopUtilization();
  const run = pace(gapMs, (index, at) => {
    const until = Math.min(total, Math.round((index + 1) * perTick));
    late.add(performance.now() - at);
    for (; sent < until; sent++) {
      const pair = random.below(pairs);
      subject.post(pair, speakers(pair), ledger.enter(at));
    }
    const waiting = Math.max(ledger.unacked(), ledger.undelivered());
    backlog[Math.floor((4 * sent) / (total + 1))]?.add(waiting);
    gaveUp = waiting > backlogMax;
    return sent < total && !gaveUp;
  });
  await within((seconds + 30) * 1000, `${rate} messages/s for ${seconds} s`, run);
  const generatorBusy = performance.eventLoopUtilization(before).utilization;
  const server = await subject.figures();
  const others = othersSince(server.cpuSeconds);
  const drained = await comesTrue(
    DRAIN_MS,
    () => ledger.unacked() === 0 && ledger.undelivered() === 0,
  );
  ledger.check();
  return {
    ...recording,
    load,
    late,
    sent,
    server,
    generatorBusy,
    others,
    backlog: backlog.map((part) => part.percentile(50)),
    drowned: gaveUp || !drained,
  };
}

/** The customer of each pair begins, then the sides take turns. */
function turns(pairs: number): (pair: number) => Side {
  const next = new Uint8Array(pairs);
  return (pair) => {
    const agent = next[pair] === 1;
    next[pair] = agent ? 0 : 1;
    return agent ? 'agent' : 'customer';
  };
}
