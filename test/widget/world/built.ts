import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
const config = fileURLToPath(new URL('../../../widget/vite.config.ts', import.meta.url));

/**
 * Builds the widget as it is shipped, into a folder of its own, and gives that folder. In a
 * process of its own, because a test's environment would make it a build for tests.
 */
export async function buildWidget(): Promise<{ readonly folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-widget-'));
  const { NODE_ENV: _, ...env } = process.env;
  const args = [vite, 'build', '--config', config, '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, args, { env });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
