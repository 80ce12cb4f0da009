import { expect, test } from 'vitest';
import { isCode, repositoryFiles, textOf } from './repository/files.ts';
import { rooms } from './repository/rooms.ts';
import { violations } from './repository/violations.ts';

test('every file imports only what its room may know, and pure rooms are pure', () => {
  const found = repositoryFiles()
    .filter(isCode)
    .flatMap((file) => violations(file, textOf(file), rooms));
  expect(found).toEqual([]);
});

test.each<[string, string, string]>([
  [
    'a decider that asks the store',
    'server/interactions/a.ts',
    "import { x } from '../store/contract.ts'",
  ],
  [
    'the same by types',
    'server/interactions/a.ts',
    "import type { X } from '../store/contract.ts'",
  ],
  ['the same by re-export', 'server/agents/a.ts', "export { x } from '../store/contract.ts'"],
  ['the same by import()', 'server/agents/a.ts', "const x = await import('../store/contract.ts')"],
  [
    'the same by an imported type',
    'server/agents/a.ts',
    "type X = import('../store/contract.ts').X",
  ],
  ['the same by a worker', 'server/agents/a.ts', "new URL('../store/w.ts', import.meta.url)"],
  ['a decider that asks Node', 'server/routing/a.ts', "import { join } from 'node:path'"],
  ['the same without node:', 'server/routing/a.ts', "import { join } from 'path'"],
  ['a decider with a package', 'server/agents/a.ts', "import { nanoid } from 'nanoid'"],
  ['a decider that reads the clock', 'server/agents/a.ts', 'export const at = Date.now()'],
  ['a decider that makes a date', 'server/agents/a.ts', 'export const at = new Date()'],
  ['a decider that throws dice', 'server/routing/a.ts', 'export const n = Math.random()'],
  ['a decider that makes ids', 'server/agents/a.ts', 'export const id = crypto.randomUUID()'],
  ['a decider that waits', 'server/agents/a.ts', 'setTimeout(() => {}, 1)'],
  ['an audience that asks its feed', 'server/feed/audience.ts', "import { x } from './reader.ts'"],
  ['a protocol that knows the server', 'protocol/a.ts', "import { x } from '../server/handle.ts'"],
  ['a store that runs a decider', 'server/store/a.ts', "import { decide } from '../decide.ts'"],
  [
    'a door that asks the store',
    'server/routes/a.ts',
    "import { open } from '../store/contract.ts'",
  ],
  ['a desk that knows its screen', 'desk/a.ts', "import { x } from '../components/App.tsx'"],
  ['a desk with a component', 'desk/a.ts', "import { h } from 'preact'"],
  ['a component that knows the server', 'components/a.tsx', "import { x } from '../server/app.ts'"],
  ['a component on the disk', 'components/a.tsx', "import Dexie from 'dexie'"],
  ['a widget that knows the desk', 'widget/a.tsx', "import { x } from '../desk/link.ts'"],
  ['a product that knows its tests', 'server/main.ts', "import { x } from '../test/world.ts'"],
  ['a file outside of every room', 'utils/a.ts', 'export const x = 1'],
])('the map catches %s', (_, file, source) => {
  expect(violations(file, source, rooms)).toHaveLength(1);
});

test.each<[string, string, string]>([
  ['a room knows itself', 'server/store/sqlite/a.ts', "import { x } from '../contract.ts'"],
  [
    'a store knows a state by its type',
    'server/store/a.ts',
    "import type { S } from '../agents/state.ts'",
  ],
  ['a feed asks its audience', 'server/feed/a.ts', "import { sees } from './audience.ts'"],
  ['main knows all', 'server/main.ts', "import { x } from './store/sqlite/open.ts'"],
  [
    'a comment is no call',
    'server/agents/a.ts',
    '// unlike Date.now(), `at` comes in\nexport const x = 1',
  ],
  [
    'a date of a given time',
    'server/agents/a.ts',
    'export const day = (at: number) => new Date(at)',
  ],
  ['messages are compiled', 'components/a.ts', "import de from '../locales/de.json?messages'"],
])('the map allows: %s', (_, file, source) => {
  expect(violations(file, source, rooms)).toEqual([]);
});

test('every row of the map names rooms that are on the map', () => {
  const known = (name: string) =>
    rooms.some(({ path }) => path === name || path.startsWith(`${name}/`));
  const named = rooms.flatMap(({ knows, knowsTypesOf = [] }) => [...knows, ...knowsTypesOf]);
  expect(named.filter((name) => !known(name))).toEqual([]);
});
