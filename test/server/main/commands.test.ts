import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isOld, parts } from '../../../server/commands/build.ts';
import { root } from '../../../server/commands/paths.ts';
import { run, runServer, temporaryFolder } from './server-process.ts';

const slow = { timeout: 60_000 };

/** Runs before anything else, so that what comes sees an older Node. */
const oldNode = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
)}`;

test.each(['start', 'demo', 'dev', 'agent-invite'])(
  'an old Node is told so in one line by npm’s %s, before it stumbles over anything else',
  slow,
  async (command) => {
    const program = run(['--import', oldNode, 'server/commands/run.js', command]);
    expect(await program.ended).toEqual({ code: 6 });
    expect(program.printed()).toBe(
      'Deskside can’t start. It needs Node 24.2 or newer, and this is 20.20.2; "npm ci" brings a new one along, which every "npm run" uses.\n',
    );
  },
);

test('what is built is old when it is missing or any of its sources is younger', () => {
  const folder = temporaryFolder();
  const file = (name: string, seconds: number) => {
    const path = join(folder, name);
    writeFileSync(path, '');
    utimesSync(path, seconds, seconds);
    return path;
  };
  const source = join(folder, 'source');
  mkdirSync(source);
  const product = join(folder, 'product');
  const sources = [relative(root, source), 'no-such-source'];
  file('source/a.ts', 1_000);
  utimesSync(source, 1_000, 1_000);
  expect(isOld({ product, sources })).toBe(true);
  file('product', 2_000);
  expect(isOld({ product, sources })).toBe(false);
  file('source/b.ts', 3_000);
  utimesSync(source, 1_000, 1_000);
  expect(isOld({ product, sources })).toBe(true);
  file('source/b.ts', 1_000);
  // As it is when a file was removed.
  utimesSync(source, 3_000, 3_000);
  expect(isOld({ product, sources })).toBe(true);
});

test('every source that a build is made of is there', () => {
  const missing = parts
    .flatMap(({ sources }) => sources)
    .filter((source) => source !== 'guard' && !existsSync(join(root, source)));
  expect(missing).toEqual([]);
});

test(
  'an invitation printed beside a running server sets a password there, once',
  slow,
  async () => {
    const { url, dataDir } = await runServer();
    const { port } = new URL(url);
    const invite = run(
      ['server/commands/run.js', 'agent-invite', '--email', 'Tom@harbourpine.example'],
      {
        PORT: port,
        DATA_DIR: dataDir,
      },
    );
    const [link] = await invite.says(/http\S+\/invite\?token=\S+/);
    expect(await invite.ended).toEqual({ code: 0 });
    expect(invite.printed()).toContain('Tom can set a password here, once, within 3 days:');
    expect(link.startsWith(`${url}/`)).toBe(true);

    const password = 'a password of their own';
    const token = new URL(link).searchParams.get('token')!;
    const body = new URLSearchParams({ token, password, again: password });
    const send = () => fetch(`${url}/invite`, { method: 'POST', body });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(410);
    const signIn = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'tom@harbourpine.example', password }),
    });
    expect(signIn.status).toBe(200);
  },
);

test.each<[string[], string]>([
  [[], 'Usage: npm run agent:invite -- --email NAME@EXAMPLE'],
  [['--mail', 'x'], 'Usage: npm run agent:invite -- --email NAME@EXAMPLE'],
  [
    ['--email', 'eve@evil.example'],
    'Harbour & Pine has no agent with the address eve@evil.example.',
  ],
])('inviting with %j says in one line what is wrong', slow, async (args, line) => {
  const program = run(['server/commands/agent-invite.ts', ...args], {
    DATA_DIR: temporaryFolder(),
  });
  expect(await program.ended).toEqual({ code: 2 });
  expect(program.printed()).toBe(`Deskside can’t start. ${line}\n`);
});

test('the demo without a display says what is missing, and its server runs', {
  timeout: 180_000,
}, async () => {
  const env = { PORT: '0', DATA_DIR: temporaryFolder(), DISPLAY: '', WAYLAND_DISPLAY: '' };
  // Builds first when something is younger than what was built.
  const program = run(['server/commands/run.js', 'demo'], env);
  const [, url] = await program.says(/The server runs; open (http\S+)\/demo/);
  expect(program.printed()).toMatch(/No browser is opened: there is no (display|Chromium) here/);
  expect((await fetch(`${url}/demo`)).status).toBe(200);
});
