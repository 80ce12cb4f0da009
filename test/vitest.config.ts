import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { messages } from '../locales/vite-plugin.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const everywhere = {
  root,
  environment: 'node',
  // A real browser on a busy machine answers late; a poll that holds ends at once anyway.
  expect: { poll: { timeout: 10_000 } },
} as const;

export default defineConfig({
  root,
  // Projects inherit this. The dev-time helpers of the preset (prefresh, devtools) have no place here.
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), messages()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...everywhere,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/simulation/**', 'test/prove/**', 'test/bench/**'],
          pool: 'threads',
          // Vitest would leave one processor to itself, which of two is half.
          maxWorkers: availableParallelism(),
          // No file leaves anything behind, so the modules that all of them load are loaded once.
          isolate: false,
          globalSetup: 'test/made-once/keeper.ts',
          // Threads start and passwords are hashed slowly on a machine that is busy with other tests.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          pool: 'forks',
          // A thousand worlds take a minute or two; behind everything else on a busy machine, many more.
          testTimeout: 2_700_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...everywhere,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          // One browser at a time, and nothing beside it: journeys measure real seconds.
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
