/** `npm run bench`: Deskside beside two relays, on the same machine and under the same load. */
import { createDesksideSubject } from './deskside-subject.ts';
import { makeFolder } from './folder.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { measureConnections } from './measures/connections.ts';
import { measureGrowth } from './measures/growth.ts';
import { measureGuard } from './measures/guard.ts';
import { measureHistory } from './measures/history.ts';
import { measurePanel } from './measures/panel.ts';
import { measureReady } from './measures/ready.ts';
import { measureRouting } from './measures/routing.ts';
import { measureSustained } from './measures/sustained.ts';
import { measureTalk } from './measures/talk.ts';
import { type MeasureName, type Options, readOptions, usage } from './options.ts';
import { createRelaySubject } from './relay-subject.ts';
import { asJson, table } from './report.ts';
import { createResults, type Results } from './results.ts';
import type { Subject, SubjectName } from './subject.ts';

export type Bench = {
  readonly options: Options;
  readonly results: Results;
  /** Tells how far we are; never part of the result. */
  readonly say: (line: string) => void;
  /** A fresh subject on an empty folder; both are gone afterwards, however it ends. */
  readonly withSubject: (name: SubjectName, use: Use) => Promise<void>;
  /** The same for Deskside with so many agents in its centre and messages in its store. */
  readonly withDeskside: (size: Size, use: Use) => Promise<void>;
};

type Use = (subject: Subject, ledger: Ledger) => Promise<void>;
type Size = { readonly agents: number; readonly messages: number };

/** Enough for 2,000 clients, nothing stored. */
const ORDINARY: Size = { agents: 160, messages: 0 };

/** The whole run; a benchmark that takes longer is stuck. */
const MINUTES_MAX = 30;

const started = performance.now();
const options = optionsOrExit();
const results = createResults();
const failures: string[] = [];
const say = (line: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);

const bench: Bench = {
  options,
  results,
  say,
  withSubject: (name, use) => withFresh(name, ORDINARY, use),
  withDeskside: (size, use) => withFresh('c', size, use),
};

async function withFresh(name: SubjectName, size: Size, use: Use): Promise<void> {
  const ledger = createLedger();
  const { profile } = options;
  const nodeOptions =
    name === 'c' && profile !== null ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const deps = { ledger, folder: makeFolder(), nodeOptions };
  const subject =
    name === 'c' ? createDesksideSubject({ ...deps, ...size }) : createRelaySubject(name, deps);
  try {
    await use(subject, ledger);
  } finally {
    await subject.stop();
  }
}

const perSubject = {
  talk: measureTalk,
  sustained: measureSustained,
  connections: measureConnections,
} as const satisfies Partial<
  Record<MeasureName, (bench: Bench, name: SubjectName) => Promise<void>>
>;

const ofDeskside = {
  growth: measureGrowth,
  routing: measureRouting,
  guard: measureGuard,
  ready: measureReady,
  history: measureHistory,
  panel: measurePanel,
} as const satisfies Partial<Record<MeasureName, (bench: Bench) => Promise<void>>>;

// Servers and folders go with us, also when somebody stops us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

setTimeout(() => {
  failures.push(`not over within ${MINUTES_MAX} minutes`);
  finish();
}, MINUTES_MAX * 60_000).unref();

for (let round = 0; round < options.rounds; round++) {
  for (const [measure, run] of Object.entries(perSubject)) {
    if (!options.measures.includes(measure as MeasureName)) continue;
    for (const name of inTurn(options.subjects, round))
      await attempt(`round ${round + 1}, ${measure}, ${name}`, () => run(bench, name));
  }
  // After the first round: should the time run out, there is something of everything.
  if (round === 0 && options.subjects.includes('c')) await measureDeskside();
}
finish();

async function measureDeskside(): Promise<void> {
  for (const [measure, run] of Object.entries(ofDeskside))
    if (options.measures.includes(measure as MeasureName)) await attempt(measure, () => run(bench));
}

/** Each round begins with another subject, so that none is always the one after a rest. */
function inTurn(names: readonly SubjectName[], round: number): readonly SubjectName[] {
  const first = round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}

async function attempt(what: string, run: () => Promise<void>): Promise<void> {
  say(what);
  try {
    await run();
  } catch (error) {
    failures.push(`${what}: ${(error as Error).message}`);
    say(`failed: ${(error as Error).stack}`);
  }
}

function finish(): never {
  const rows = results.rows();
  console.log(table(rows));
  for (const failure of failures) console.log(`FAILED  ${failure}`);
  if (options.json) console.log(asJson(rows, failures));
  process.exit(failures.length === 0 ? 0 : 1);
}

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
