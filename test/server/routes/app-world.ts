import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { strictPolicy } from '../../../guard/policy.ts';
import { interactionStream } from '../../../protocol/ids.ts';
import { type AppDeps, createApp } from '../../../server/app.ts';
import { auditExports } from '../../../server/audit/exports.ts';
import type { Files } from '../../../server/files/files.ts';
import { openFiles } from '../../../server/files/open-files.ts';
import type { InteractionState } from '../../../server/interactions/state.ts';
import { createLog } from '../../../server/log.ts';
import { parseProxies } from '../../../server/people/address.ts';
import { extensionId } from '../../../server/people/origins.ts';
import { createStates } from '../../../server/states.ts';
import type { Store } from '../../../server/store/contract.ts';
import { createPrinter } from '../../../server/transcript/printer.ts';
import { type PeopleWorld, peopleWorld } from '../people/world.ts';

export const extension = `chrome-extension://${extensionId}`;
export const home = 'http://desk.example';

export type AppWorld = PeopleWorld & {
  /** GET, or POST when there is a body; an object goes as JSON. */
  readonly ask: (
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
  readonly app: ReturnType<typeof createApp>;
  readonly lines: string[];
};

/** The whole HTTP app, called as a function, on real people and a real database. */
export async function appWorld(
  over: Partial<AppDeps> = {},
  people?: PeopleWorld,
): Promise<AppWorld> {
  const world = people ?? (await peopleWorld());
  const lines: string[] = [];
  const printer = createPrinter();
  onTestFinished(() => printer.close());
  const app = createApp({
    people: world.people,
    centre: world.centre,
    log: createLog('debug', { write: (line) => void lines.push(line) }),
    probe: world.store.probe,
    web: { publicOrigin: null, proxies: parseProxies('127.0.0.1')!, extensionIds: [extensionId] },
    metrics: { text: async () => 'deskside_connected 0\n', contentType: 'text/plain' },
    metricsFrom: parseProxies('127.0.0.1')!,
    exports: { store: world.store, audit: auditExports(world.store, { now: Date.now }) },
    transcripts: {
      store: world.store,
      interaction: async (id) =>
        (await createStates(world.store).look(interactionStream(id)))
          .state as InteractionState | null,
      printer,
    },
    history: noHistory,
    attachments: {
      files: await filesOf(world.store),
      shown: async () => null,
      interaction: async () => null,
    },
    audit: world.store.audit,
    files: { widget: folderWith({}), demo: null },
    ...over,
  });
  return {
    ...world,
    app,
    lines,
    ask: async (path, body, headers = {}) => {
      const isText = typeof body === 'string';
      return app.request(
        `${home}${path}`,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            Host: 'desk.example',
            ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
        },
        { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
      );
    },
  };
}

/** For tests that are about something else. */
const noHistory: AppDeps['history'] = {
  store: { read: () => Promise.resolve([]) },
  interaction: () => Promise.resolve(null),
  search: {
    find: () => Promise.resolve({ rows: [], next: null }),
    describe: () => Promise.resolve([]),
    isCurrent: () => true,
  },
  queuesOf: () => [],
  audit: async () => {},
};

/** Files in a folder of their own, gone after the test. */
async function filesOf(store: Store): Promise<Files> {
  const clock = { now: Date.now, at: () => () => {} };
  const files = await openFiles({
    ...{ store, clock, folder: folderWith({}), types: () => [], failed: () => {} },
    guard: async () => strictPolicy.entities,
  });
  onTestFinished(files.close);
  return files;
}

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
