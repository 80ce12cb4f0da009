import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const program = (lines: string): string => `
  import { spawn } from 'node:child_process';
  import { endsWithUs, exitWhenInterrupted } from './ends-with-us.ts';
  exitWhenInterrupted();
  const child = endsWithUs(spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)'], {
    stdio: ['ignore', 'inherit', 'ignore'],
  }));
  ${lines}`;

test.each([
  ['is interrupted', 'SIGINT', 130],
  ['is told to end', 'SIGTERM', 143],
] as const)('a child ends with the proof that started it: which %s', async (_, signal, code) => {
  const proof = run(program('setInterval(() => process.stdout.write("."), 10);'));
  await once(proof.stdout, 'data');
  proof.kill(signal);
  // The child holds the pipe, too: it closes once both are gone.
  expect(await once(proof, 'close')).toEqual([code, null]);
});

test('a child ends with the proof that started it: which fails', async () => {
  const proof = run(program('throw new Error("no");'));
  expect(await once(proof, 'close')).toEqual([1, null]);
});

const run = (source: string) =>
  spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
