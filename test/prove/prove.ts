import { execFileSync } from 'node:child_process';
import { exitWhenInterrupted } from '../ends-with-us.ts';
import { mutations } from '../simulation/mutations.ts';
import { runSeeds, type SeedsOutcome } from '../simulation/seeds.ts';
import { clockJumps } from './clock/clock-jumps.ts';
import { crashPoints } from './crash-points.ts';
import { diskFull } from './disk-full.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { processChaos } from './process-chaos.ts';
import { race } from './race/race.ts';
import type { Verdict } from './verdict.ts';
import { workerLifetime } from './worker-lifetime.ts';

/**
 * `npm run prove`: everything that is too long for `npm test`, and a table of what holds. A part
 * can be run alone by its name below: `npm run prove -- seeds`.
 */
const SEEDS = 10_000;
const SEEDS_PER_PROCESS = 500;
const MUTATION_SEEDS = 200;
const SIDE_BY_SIDE = 2;
/** Many times what they take: a world that never comes to rest is a failure, too. */
const BATCH_MS = 2 * 3_600_000;

const parts: Record<string, () => Promise<Verdict[]>> = {
  seeds,
  mutations: mutated,
  'crash-points': () => crashPoints(160),
  chaos: () => processChaos({ kills: 25 }),
  race: () => race({ offers: 10_000, limitMs: 240_000 }),
  fuzz: () => fuzz({ frames: 100_000 }),
  'disk-full': diskFull,
  'clock-jumps': clockJumps,
  'worker-lifetime': () => workerLifetime({ minutes: 3 }),
};

/** Watches an idle browser for minutes; the others may work meanwhile. */
const BESIDE = 'worker-lifetime';

async function seeds(): Promise<Verdict[]> {
  const starts = Array.from(
    { length: SEEDS / SEEDS_PER_PROCESS },
    (_, n) => 1 + n * SEEDS_PER_PROCESS,
  );
  const outcomes = await sideBySide(starts, (first) =>
    runSeeds(first, SEEDS_PER_PROCESS, { signal: AbortSignal.timeout(BATCH_MS) }),
  );
  const bad = outcomes.flatMap((one) => (one.type === 'held' ? [] : [one]))[0];
  const sums: Record<string, number> = {};
  for (const one of outcomes)
    if (one.type === 'held')
      for (const [name, n] of Object.entries(one.sums)) sums[name] = (sums[name] ?? 0) + n;
  return [
    {
      claim: 'I1–I10 hold after every step of a simulated centre',
      n: `${SEEDS.toLocaleString('en')} seeds × 300 steps`,
      seed: `1–${SEEDS}`,
      holds: bad === undefined,
      seen:
        bad?.what ??
        Object.entries(sums)
          .map(([name, n]) => `${name} ${n}`)
          .join(', '),
    },
  ];
}

async function mutated(): Promise<Verdict[]> {
  const signal = AbortSignal.timeout(BATCH_MS);
  const whole = await runSeeds(1, MUTATION_SEEDS, { signal });
  const none: Verdict = {
    claim: 'not caught: what is as it ships',
    ...{ n: `${MUTATION_SEEDS} seeds`, seed: '1', holds: whole.type === 'held' },
    seen: whole.type === 'held' ? 'it holds' : whole.what,
  };
  const caught = await sideBySide(mutations, async ({ name }) => {
    const outcome = await named(name);
    return {
      claim: `caught: ${name}`,
      n: `≤ ${MUTATION_SEEDS} seeds`,
      seed: '1',
      holds: outcome.type === 'broken',
      seen: outcome.type === 'held' ? 'not caught' : (outcome.what.split('\n')[0] ?? ''),
    };
  });
  return [none, ...caught];
}

/** What the fault breaks by name, a rule or an invariant; that a world stumbles over it isn't enough. */
async function named(mutation: string): Promise<SeedsOutcome> {
  for (let first = 1; first <= MUTATION_SEEDS; ) {
    const signal = AbortSignal.timeout(BATCH_MS);
    const outcome = await runSeeds(first, MUTATION_SEEDS + 1 - first, { mutation, signal });
    if (outcome.type !== 'broken') return outcome;
    const [, seed, what] = /^seed (\d+), step \d+: (\w+)/.exec(outcome.what) ?? [];
    if (what !== undefined && /^(I\d+|[A-Z]+)$/.test(what)) return outcome;
    first = Number(seed) + 1;
  }
  return { type: 'held', sums: {} };
}

async function sideBySide<T, R>(list: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < list.length; n = next++) results[n] = await run(list[n] as T);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

exitWhenInterrupted();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no part ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}.\n`,
  );
  process.exit(2);
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
const names = Object.keys(parts).filter((name) => asked.length === 0 || asked.includes(name));
const beside = names.includes(BESIDE) ? proved(BESIDE) : null;
const verdicts: Verdict[] = [];
for (const name of names)
  verdicts.push(...((await (name === BESIDE ? beside : proved(name))) ?? []));
process.stdout.write(
  '\n| claim | N | seed | commit | verdict | seen |\n|---|---|---|---|---|---|\n',
);
for (const { claim, n, seed, holds, seen } of verdicts)
  process.stdout.write(
    `| ${claim} | ${n} | ${seed} | ${commit} | ${holds ? 'holds' : '**FAILS**'} | ${inOneCell(seen)} |\n`,
  );
// What a part that failed has left behind ends with us, instead of keeping us.
process.exit(verdicts.length > 0 && verdicts.every((one) => one.holds) ? 0 : 1);

async function proved(name: string): Promise<readonly Verdict[]> {
  const since = Date.now();
  try {
    return (await parts[name]?.()) ?? [];
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return [{ claim: name, n: '-', seed: '-', holds: false, seen }];
  } finally {
    process.stdout.write(`${name}: ${Math.round((Date.now() - since) / 1000)} s\n`);
  }
}

/** A stack of errors has many lines, a table's row has one. */
function inOneCell(text: string): string {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' · ');
}
