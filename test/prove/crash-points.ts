import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandId } from '../../protocol/ids.ts';
import { openSqlite } from '../../server/store/sqlite/open-sqlite.ts';
import { endsWithUs } from '../ends-with-us.ts';
import type { Verdict } from './verdict.ts';

/**
 * TRUST-1, I1: the store's process is killed at every write and fsync of its writer, one after the
 * other, then opened again: whatever it had acknowledged is there. To show that this can fail, the
 * same is done with a process that acknowledges first. The order of the system calls says the rest:
 * nothing is acknowledged while a written page is not yet fsynced.
 */
const COMMANDS = 40;
const SIDE_BY_SIDE = 2;
const CALLS = 'pwrite64,fsync,fdatasync';

export async function crashPoints(points: number): Promise<Verdict[]> {
  if (spawnSync('strace', ['-V']).status !== 0)
    throw new Error('strace is missing: install it (Debian: apt-get install strace).');
  const folder = mkdtempSync(join(tmpdir(), 'deskside-crash-'));
  try {
    return [await killedAtEachCall(folder, points), await earlyIsCaught(folder), order(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killedAtEachCall(folder: string, points: number): Promise<Verdict> {
  const total = callsOf(folder);
  const every = Math.max(1, Math.floor(total / points));
  const calls = Array.from({ length: Math.floor(total / every) }, (_, n) => 1 + n * every);
  const results = await inTurn(calls, (call) => killAt(folder, call, false));
  const lost = results.flatMap((one) => one.lost);
  const acknowledged = results.reduce((sum, one) => sum + one.acknowledged, 0);
  const killed = results.filter((one) => one.killed).length;
  return {
    claim: 'TRUST-1: killed at a write or fsync, nothing acknowledged is lost',
    n: `${killed} points`,
    seed: `every ${every} of ${total} calls`,
    // How many calls a run makes depends on the machine: the last of them may never come.
    holds: lost.length === 0 && killed >= 0.9 * Math.min(points, 80) && acknowledged > 0,
    seen: `${acknowledged} acknowledged, ${lost.length} lost`,
  };
}

async function earlyIsCaught(folder: string): Promise<Verdict> {
  const calls = Array.from({ length: 12 }, (_, n) => 40 + n * 11);
  const results = await inTurn(calls, (call) => killAt(folder, call, true));
  const lost = results.reduce((sum, one) => sum + one.lost.length, 0);
  return {
    claim: 'the same check catches a store that acknowledges first',
    n: `${results.length} points`,
    seed: '-',
    holds: lost > 0,
    seen: `${lost} lost, as it must be`,
  };
}

/** In the trace of one stream, an acknowledgement never comes between a page's write and its fsync. */
function order(folder: string): Verdict {
  const trace = join(folder, 'order.trace');
  victim(join(folder, 'order.db'), 1, false, ['-o', trace, '-y', '-e', `trace=${CALLS},write`]);
  let dirty = false;
  let acknowledged = 0;
  let early = 0;
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    if (line.includes('pwrite64(') && line.includes('-wal>')) dirty = true;
    else if (/(fsync|fdatasync)[( ]/.test(line) && !line.includes('unfinished')) dirty = false;
    else if (line.includes('"victim-command')) {
      acknowledged++;
      if (dirty) early++;
    }
  }
  return {
    claim: 'TRUST-3: every acknowledgement comes after the fsync of what it acknowledges',
    n: `${acknowledged} acknowledgements`,
    seed: '-',
    holds: early === 0 && acknowledged === COMMANDS,
    seen: `${early} before their fsync`,
  };
}

/** How many writes and fsyncs a whole run makes. */
function callsOf(folder: string): number {
  const trace = join(folder, 'calls.trace');
  victim(join(folder, 'calls.db'), 4, false, ['-o', trace, '-e', `trace=${CALLS}`]);
  return readFileSync(trace, 'utf8').match(/(pwrite64|fsync|fdatasync)\(/g)?.length ?? 0;
}

function victim(file: string, streams: number, early: boolean, strace: readonly string[]): void {
  spawnSync('strace', ['-f', ...strace, process.execPath, ...args(file, streams, early)]);
}

const args = (file: string, streams: number, early: boolean): string[] => [
  join(import.meta.dirname, 'victim.ts'),
  file,
  String(COMMANDS),
  String(streams),
  ...(early ? ['early'] : []),
];

async function killAt(folder: string, call: number, early: boolean) {
  const file = join(folder, `${early ? 'early' : 'kill'}-${call}.db`);
  const inject = ['-e', `inject=${CALLS}:signal=KILL:when=${call}`];
  const child = endsWithUs(
    spawn('strace', [
      ...['-f', '-o', '/dev/null', ...inject],
      ...[process.execPath, ...args(file, 4, early)],
    ]),
    'SIGTERM',
  );
  let printed = '';
  child.stdout.on('data', (data) => {
    printed += String(data);
  });
  await new Promise((resolve) => child.on('close', resolve));
  const lines = printed.split('\n');
  const acknowledged = lines.filter((line) => line.startsWith('victim-command'));
  const lost: string[] = [];
  if (existsSync(file) || acknowledged.length > 0) {
    const store = await openSqlite({ file });
    for (const id of acknowledged)
      if ((await store.answer('customer:victim', id as CommandId)) === null) {
        lost.push(id);
      }
    await store.close();
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  return { acknowledged: acknowledged.length, lost, killed: !lines.includes('finished') };
}

async function inTurn<T, R>(list: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...list];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results.push(await run(next));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

if (import.meta.main) {
  const verdicts = await crashPoints(Number(process.argv[2] ?? 80));
  for (const { holds, claim, n, seen } of verdicts)
    process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${claim} — ${n}: ${seen}\n`);
  process.exitCode = verdicts.every((one) => one.holds) ? 0 : 1;
}
