import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Made } from '../../made-once/made-once.ts';

const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
const config = fileURLToPath(new URL('../../../widget/vite.config.ts', import.meta.url));

/**
 * Builds the widget as it is shipped, into a folder of its own, which is its address. In a
 * process of its own, because a test's environment would make it a build for tests.
 */
export async function buildWidget(): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-widget-'));
  const { NODE_ENV: _, ...env } = process.env;
  const args = [vite, 'build', '--config', config, '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, args, { env });
  return { address: folder, end: async () => rmSync(folder, { recursive: true }) };
}
