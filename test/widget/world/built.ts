import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

/** Builds the widget as it is shipped, into a folder of its own, and gives that folder. */
export async function buildWidget(): Promise<{ readonly folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-widget-'));
  const builder = await createBuilder({
    configFile: fileURLToPath(new URL('../../../widget/vite.config.ts', import.meta.url)),
    mode: 'production',
    logLevel: 'error',
    build: { outDir: folder },
  });
  await builder.buildApp();
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
