import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A program of ours in a process of its own, which is gone after the test. */
export type Program = {
  /** Everything printed so far. */
  readonly printed: () => string;
  /** Resolves with the match as soon as it is printed; rejects when the program ends without. */
  readonly says: (pattern: RegExp) => Promise<RegExpMatchArray>;
  readonly ended: Promise<{ readonly code: number | null }>;
  readonly signal: (signal: NodeJS.Signals) => void;
};

export function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  program = process.execPath,
): Program {
  const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
  const child: ChildProcess = spawn(program, args, {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let over = false;
  const hears = new Set<() => void>();
  const hear = () => {
    for (const one of hears) one();
  };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      printed += String(data);
      hear();
    });
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    hear();
    return { code: code as number | null };
  });
  onTestFinished(async () => {
    if (!over) child.kill('SIGKILL');
    await ended;
  });
  return {
    printed: () => printed,
    ended,
    signal: (signal) => void child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = printed.match(pattern);
          if (match === null && !over) return;
          hears.delete(look);
          if (match !== null) resolve(match);
          else reject(new Error(`It ended without saying ${pattern}:\n${printed}`));
        };
        hears.add(look);
        look();
      }),
  };
}

/** The server on any free port; resolves when it is ready. */
export async function runServer(env: Readonly<Record<string, string>> = {}) {
  const dataDir = env.DATA_DIR ?? temporaryFolder();
  const program = run(['server/main.ts'], { PORT: '0', DATA_DIR: dataDir, ...env });
  const [, url = ''] = await program.says(/Server +(http\S+)/);
  return { ...program, url, dataDir };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
