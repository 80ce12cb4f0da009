import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endsWithUs } from '../ends-with-us.ts';

/** What a batch of seeds came to. */
export type SeedsOutcome =
  | { readonly type: 'held'; readonly sums: Readonly<Record<string, number>> }
  | { readonly type: 'broken'; readonly what: string }
  | { readonly type: 'crashed'; readonly what: string };

const here = import.meta.dirname;

/**
 * Runs seeds `first` … in a process of its own, with a fault put into the shipped source when one
 * is named. The process ends with `signal`, so that none outlives the test that gave up on it.
 */
export function runSeeds(
  first: number,
  count: number,
  { mutation, signal }: { readonly mutation?: string; readonly signal?: AbortSignal } = {},
): Promise<SeedsOutcome> {
  const hook = mutation === undefined ? [] : ['--import', join(here, 'mutate.ts')];
  let out = '';
  let err = '';
  const child = endsWithUs(
    spawn(process.execPath, [...hook, join(here, 'run-seeds.ts'), String(first), String(count)], {
      env: { ...process.env, ...(mutation === undefined ? {} : { MUTATION: mutation }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    }),
  );
  child.on('error', (error) => {
    err += String(error);
  });
  child.stdout.on('data', (data) => {
    out += String(data);
  });
  child.stderr.on('data', (data) => {
    err += String(data);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      if ((code === 0 || code === 1) && last.startsWith('{')) {
        const answer = JSON.parse(last) as { sums?: Record<string, number>; broken?: string };
        resolve(
          answer.sums === undefined
            ? { type: 'broken', what: answer.broken ?? '' }
            : { type: 'held', sums: answer.sums },
        );
      } else resolve({ type: 'crashed', what: err.trim().slice(-2_000) || `exit ${code}` });
    });
  });
}
