import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** See statfs(2). */
const TMPFS = 0x01021994;

const made = new Set<string>();
process.on('exit', () => {
  // Who wrote to it was killed a moment ago and may not be gone yet.
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/**
 * An empty folder for data, gone when this process ends. It lies on a real disk also where the
 * temporary folder is kept in memory: there an fsync would cost nothing.
 */
export function makeFolder(): string {
  const inMemory = statfsSync(tmpdir()).type === TMPFS;
  const beside = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  if (inMemory) mkdirSync(beside, { recursive: true });
  const folder = mkdtempSync(join(inMemory ? beside : tmpdir(), 'deskside-bench-'));
  made.add(folder);
  return folder;
}
