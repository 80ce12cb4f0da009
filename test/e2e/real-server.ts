import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endsWithUs } from '../ends-with-us.ts';
import { freePort } from './free-port.ts';

/** The server as it ships, in its own process, on a data directory and a port of its own. */
export type RealServer = {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Starts it (again) on the same data and port; resolves when it is ready. One that isn't in time lives on. */
  readonly start: () => Promise<void>;
  /** kill -9. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code, null for one that had to be killed. */
  readonly stop: () => Promise<number | null>;
  /** The address of the page where that agent sets a password. */
  readonly invite: (email: string) => Promise<string>;
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>;
};

const READY_MS = 15_000;
/** Longer than it gives itself. */
const STOP_MS = 30_000;

export async function realServer(env: Readonly<Record<string, string>> = {}): Promise<RealServer> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'deskside-e2e-'));
  const url = `http://127.0.0.1:${port}`;
  const settings = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, ...env };
  let child: ChildProcess | null = null;
  let printed = '';

  async function start(): Promise<void> {
    const started = endsWithUs(
      spawn(process.execPath, ['server/main.ts'], {
        env: { ...process.env, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    child = started;
    started.stdout.on('data', (data) => (printed += String(data)));
    started.stderr.on('data', (data) => (printed += String(data)));
    const until = Date.now() + READY_MS;
    while (!(await answers(`${url}/readyz`))) {
      if (isOver(started) || Date.now() > until)
        throw new Error(`the server did not get ready:\n${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = null;
    if (ending === null || isOver(ending)) return ending?.exitCode ?? null;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    const late = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
    const [code] = await exited;
    clearTimeout(late);
    return code as number | null;
  }

  async function invite(email: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['server/commands/agent-invite.ts', '--email', email],
      { env: { ...process.env, ...settings } },
    );
    const address = stdout.split('\n').find((line) => line.startsWith('http'));
    if (address === undefined) throw new Error(`no invitation:\n${stdout}`);
    return address;
  }

  const removeNow = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeNow);
  async function remove(): Promise<void> {
    await end('SIGTERM');
    process.off('exit', removeNow);
    await rm(dataDir, { recursive: true, force: true });
  }

  await start().catch(async (error) => {
    await remove();
    throw error;
  });
  return {
    url,
    dataDir,
    output: () => printed,
    start,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    invite,
    remove,
  };
}

/** It has exited, or was killed. */
const isOver = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(READY_MS) })).ok;
  } catch {
    return false;
  }
}
