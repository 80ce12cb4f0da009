import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Runs `panel.ts` alone: it shares what the browser tests know of browsers, panels and customers. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: [fileURLToPath(new URL('./panel.ts', import.meta.url))],
    pool: 'forks',
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
