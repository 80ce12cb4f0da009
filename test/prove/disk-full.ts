import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databaseIn } from '../../server/commands/data-directory.ts';
import { QUEUE } from '../bench/bench-centre.ts';
import { prepareData } from '../bench/deskside-data.ts';
import { type RealServer, realServer } from '../e2e/real-server.ts';
import { type ChaosAgent, chaosAgent } from './chaos-agent.ts';
import { type ChaosCustomer, chaosCustomer } from './chaos-customer.ts';
import { createLedger } from './chaos-ledger.ts';
import { compare, storedTranscripts } from './chaos-transcripts.ts';
import { broken } from './faults.ts';
import { pause, within } from './pause.ts';
import { type SmallDisk, smallDisk } from './small-disk.ts';
import type { Verdict } from './verdict.ts';

const AGENTS = 6;
const CUSTOMERS = 30;
const DISK_BYTES = 96 * 1024 * 1024;
const TICK_MS = 50;
/** Each time so much is left: nothing, less than one commit takes, enough for the log but not for its copy. */
const LEFT = [0, 24 * 1024, 512 * 1024];
const FULL_MS = 4_000;
const NOTICED_MS = 20_000;
const HEALED_MS = 5_000;
const ANSWER_MS = 10_000;
const QUIET_MS = 30_000;
const FAULT = 'acknowledge before append';

/**
 * TRUST-1, TRUST-5: the disk under the whole server fills up while agents and customers write. It
 * says so by name, goes on living, heals by itself, and nothing that it acknowledged is lost.
 */
export async function diskFull(): Promise<Verdict[]> {
  const [whole, faulty] = await Promise.all([run(null), run(FAULT)]);
  const n = `${whole.rounds.length} times full, ${whole.acknowledged.toLocaleString('en')} acknowledged`;
  const row = (claim: string, holds: boolean, seen: string): Verdict => ({
    ...{ claim, n, seed: '-', holds, seen },
  });
  const { rounds, found, quiet, again } = whole;
  const slowest = Math.max(...rounds.map((one) => one.healedMs));
  return [
    row(
      'the disk is full: /readyz says 503, /healthz 200, commands are answered try-later',
      rounds.every((one) => one.noticed && one.healthy && one.later > 0),
      rounds.map((one) => `${one.later} × try-later`).join(', '),
    ),
    row(
      'there is room again: it is ready by itself ≤ 5 s',
      slowest <= HEALED_MS,
      `slowest ${slowest} ms`,
    ),
    row('killed while the disk is full, it comes back', again.back, again.seen),
    row(
      'TRUST-1: 0 lost, 0 doubled; customers, desks and store hold the same',
      found.length === 0 && quiet && whole.acknowledged > 1_000,
      found[0] ?? (quiet ? 'the same everywhere' : 'something still waits'),
    ),
    row('the database and its log are in order', whole.integrity === 'ok', whole.integrity),
    {
      claim: `caught with a full disk: ${FAULT}`,
      n: `${faulty.acknowledged.toLocaleString('en')} acknowledged`,
      seed: '-',
      holds: faulty.found.length > 0,
      seen: faulty.found[0] ?? 'not caught',
    },
  ];
}

async function run(fault: string | null) {
  const disk = smallDisk(DISK_BYTES);
  const data = await prepareData(disk.folder, { agents: AGENTS, messages: 0 });
  const server = await realServer({
    ...{ DATA_DIR: data.dataDir, CENTRE: data.centreFile, LOG_LEVEL: 'error' },
    ...(fault === null ? {} : broken({ name: fault })),
  });
  const ledger = createLedger();
  const agents = await Promise.all(
    Array.from({ length: AGENTS }, (_, n) =>
      chaosAgent(server.url, n, () => data.tokenOf(n), ledger),
    ),
  );
  const customers = Array.from({ length: CUSTOMERS }, (_, n) =>
    chaosCustomer(server.url, n, ledger),
  );
  const people = [...agents, ...customers];
  const work = (ms: number) => traffic(people, ms);
  try {
    for (const customer of customers) customer.start(QUEUE);
    await work(3_000);
    const rounds: Awaited<ReturnType<typeof filled>>[] = [];
    for (const left of fault === null ? LEFT : [0])
      rounds.push(await filled(server, disk, left, work, ledger.later));
    const again = fault === null ? await killed(server, disk, work) : { back: true, seen: '' };
    const quiet = await settled(people);
    await server.stop();
    return {
      rounds,
      again,
      quiet,
      acknowledged: ledger.acknowledged(),
      integrity: integrityOf(data.dataDir),
      found: compare(await storedTranscripts(data.dataDir), agents, customers, ledger),
    };
  } finally {
    for (const one of people) one.close();
    await server.remove();
    disk.remove();
  }
}

/** Full for a while, then not any more. */
async function filled(
  server: RealServer,
  disk: SmallDisk,
  left: number,
  work: (ms: number) => Promise<void>,
  later: () => number,
) {
  const before = later();
  disk.fill(left);
  const noticed =
    (await within(NOTICED_MS, async () => (await status(server, 'readyz')) === 503, work)) !== null;
  let healthy = true;
  for (const until = performance.now() + FULL_MS; performance.now() < until; ) {
    healthy &&= (await status(server, 'healthz')) === 200;
    await work(4 * TICK_MS);
  }
  disk.empty();
  const healedMs = await within(
    NOTICED_MS,
    async () => (await status(server, 'readyz')) === 200,
    work,
  );
  await work(2_000);
  return {
    noticed,
    healthy,
    later: later() - before,
    healedMs: Math.round(healedMs ?? NOTICED_MS),
  };
}

/** As a power cut on a full disk: started there it lives and isn't ready, or says why not; with room it goes on. */
async function killed(server: RealServer, disk: SmallDisk, work: (ms: number) => Promise<void>) {
  disk.fill(0);
  await work(1_000);
  await server.kill();
  // What it held open is room again.
  disk.fill(0);
  const said = await server.start().then(
    () => null,
    (error: Error) => error.message.split('\n').findLast((line) => line !== '') ?? '',
  );
  const lives = (await status(server, 'healthz').catch(() => 0)) === 200;
  disk.empty();
  if (!lives) {
    await server.kill();
    await server.start();
  }
  const healedMs = await within(
    HEALED_MS,
    async () => (await status(server, 'readyz')) === 200,
    work,
  );
  await work(2_000);
  return {
    back: healedMs !== null,
    seen: `on the full disk it ${said === null ? 'was ready' : lives ? 'lived and was not ready' : `said: ${said}`}`,
  };
}

async function status(server: RealServer, path: string): Promise<number> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  return (await fetch(`${server.url}/${path}`, { signal })).status;
}

type Person = ChaosAgent | ChaosCustomer;

async function traffic(people: readonly Person[], ms: number): Promise<void> {
  const until = performance.now() + ms;
  do {
    for (const one of people) one.work();
    await pause(TICK_MS);
  } while (performance.now() < until);
}

const settled = async (people: readonly Person[]): Promise<boolean> => {
  const isIdle = () => people.every((one) => one.isIdle());
  if ((await within(QUIET_MS, isIdle)) === null) return false;
  await pause(2_000);
  return true;
};

/** What SQLite says of the file, and that an ordered end has left no log behind. */
function integrityOf(dataDir: string): string {
  const file = databaseIn(dataDir);
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) return 'the log was left behind';
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return String(db.prepare('PRAGMA integrity_check').get()?.integrity_check);
  } finally {
    db.close();
  }
}
