import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../e2e/find-browser.ts';
import type { Bench } from '../bench.ts';
import { within } from '../deadline.ts';
import type { FigureName, PanelFigures } from '../figures.ts';
import { makeFolder } from '../folder.ts';
import { buildIfOlder } from '../panel/build-if-older.ts';

const PANEL_MS = 280_000;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

/** The figures of the real side panel, in a Chromium; see `../panel.ts`. */
export async function measurePanel(bench: Bench): Promise<void> {
  const browser = await findBrowser(bench.say).catch(({ message }: Error) => {
    bench.say(`${message} The panel's figures are left out.`);
    return null;
  });
  if (browser === null) return;
  buildIfOlder(root, bench.say);
  const file = join(makeFolder(), 'figures.json');
  const vitest = spawn(
    process.execPath,
    [
      join(resolve('vitest/package.json'), '..', 'vitest.mjs'),
      'run',
      `--config=${fileURLToPath(new URL('../vitest.config.ts', import.meta.url))}`,
      '--reporter=dot',
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        CHROMIUM_PATH: browser,
        BENCH_FIGURES: file,
        BENCH_QUICK: bench.options.quick ? '1' : '0',
      },
      stdio: ['ignore', 2, 2],
    },
  );
  try {
    const [code] = await within(PANEL_MS, 'the figures of the panel', once(vitest, 'exit'));
    if (code !== 0) throw new Error('the panel could not be measured');
  } finally {
    vitest.kill();
  }
  const figures = JSON.parse(readFileSync(file, 'utf8')) as PanelFigures;
  for (const [name, values] of Object.entries(figures))
    for (const value of values) bench.results.add(name as FigureName, 'c', value);
}
