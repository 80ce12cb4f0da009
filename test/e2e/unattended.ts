import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { endsWithUs } from '../ends-with-us.ts';
import { findBrowser } from './find-browser.ts';
import { loading, quiet } from './launch.ts';

/** A Chromium without debugging: nothing is attached that would keep a worker alive. Linux only. */
export type Unattended = {
  /** Seconds of processor time that each process of an extension has used, by its id. */
  readonly extensionSeconds: () => ReadonlyMap<number, number>;
  readonly close: () => Promise<void>;
};

export async function unattended(
  profile: string,
  extensions: readonly string[],
): Promise<Unattended> {
  const args = [...quiet, `--user-data-dir=${profile}`, ...loading(...extensions), 'about:blank'];
  const child = endsWithUs(spawn(await findBrowser(), args, { stdio: 'ignore' }), 'SIGTERM');
  const exited = once(child, 'exit');
  return {
    extensionSeconds: () =>
      new Map(
        processes()
          .filter(({ pid, command }) => command.includes('--extension-process') && isBelow(pid))
          .map(({ pid }) => [pid, secondsOf(pid)]),
      ),
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };

  function isBelow(pid: number): boolean {
    for (let one = pid; one > 1; one = parentOf(one)) if (one === child.pid) return true;
    return false;
  }
}

function processes(): readonly { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: read(`/proc/${name}/cmdline`) }));
}

const parentOf = (pid: number): number => Number(fields(pid)[1] ?? 0);

/** User and system time, in ticks of 1/100 s. */
const secondsOf = (pid: number): number =>
  (Number(fields(pid)[11] ?? 0) + Number(fields(pid)[12] ?? 0)) / 100;

/** Of `/proc/PID/stat`, what follows the name in brackets: state, parent, … */
const fields = (pid: number): readonly string[] =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

/** Empty when the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
