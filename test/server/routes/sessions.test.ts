import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PeopleWorld, password, peopleWorld, withPassword } from '../people/world.ts';
import { appWorld, extension, home } from './app-world.ts';

let shared: PeopleWorld;
beforeAll(async () => {
  shared = await peopleWorld(undefined, afterAll);
});

const ana = { email: 'ana@small.example', password };

async function world() {
  const made = await appWorld();
  await withPassword(made.people);
  return made;
}

test('an agent signs in, refreshes and signs out over HTTP', async () => {
  const { ask, people } = await world();
  const signedIn = await ask('/api/sign-in', ana);
  expect(signedIn.status).toBe(200);
  const { accessToken, refreshToken, ...rest } = await signedIn.json();
  expect(rest).toEqual({
    expiresInMs: 600_000,
    agent: { id: 'ana', name: 'Ana', role: 'agent' },
    centre: { name: 'Small' },
  });
  expect(await people.verifyAccess(accessToken)).toMatchObject({ agent: 'ana' });

  const refreshed = await ask('/api/refresh', { refreshToken });
  expect(refreshed.status).toBe(200);
  const next = await refreshed.json();
  expect(Object.keys(next).sort()).toEqual(['accessToken', 'expiresInMs', 'refreshToken']);

  const signedOut = await ask('/api/sign-out', { refreshToken: next.refreshToken });
  expect([signedOut.status, await signedOut.text()]).toEqual([204, '']);
  const over = await ask('/api/refresh', { refreshToken: next.refreshToken });
  expect([over.status, await over.json()]).toEqual([401, { refusal: 'not-signed-in' }]);
});

test('wrong credentials and too many of them are refused by name', async () => {
  const { ask } = await world();
  const wrong = await ask('/api/sign-in', { ...ana, password: 'guess' });
  expect([wrong.status, await wrong.json()]).toEqual([401, { refusal: 'wrong-credentials' }]);
  for (let n = 0; n < 9; n++) await ask('/api/sign-in', { ...ana, password: 'guess' });
  const many = await ask('/api/sign-in', ana);
  expect([many.status, await many.json()]).toEqual([
    429,
    { refusal: 'too-many', retryMs: 900_000 },
  ]);
  expect(many.headers.get('Retry-After')).toBe('900');
});

test('behind a trusted proxy the customers of one address are not counted as another’s', async () => {
  const { ask } = await world();
  for (let n = 0; n < 11; n++)
    await ask('/api/sign-in', { ...ana, password: 'x' }, { 'X-Forwarded-For': '203.0.113.1' });
  const elsewhere = await ask('/api/sign-in', ana, { 'X-Forwarded-For': '203.0.113.2' });
  expect(elsewhere.status).toBe(200);
});

test.each<[string, number, string, unknown, Record<string, string>?]>([
  [
    'something that is no JSON',
    400,
    'bad-frame',
    '{"email":',
    { 'Content-Type': 'application/json' },
  ],
  ['JSON that doesn’t say so', 415, 'bad-frame', '{}', { 'Content-Type': 'text/plain' }],
  ['no body', 415, 'bad-frame', ''],
  ['nothing in it', 400, 'bad-frame', {}],
  ['a list', 400, 'bad-frame', []],
  ['a number for a password', 400, 'bad-frame', { ...ana, password: 1 }],
  ['an address of 255 characters', 400, 'bad-frame', { ...ana, email: 'x'.repeat(255) }],
  ['a password of 1025 characters', 400, 'bad-frame', { ...ana, password: 'x'.repeat(1025) }],
  ['more than 8 KiB', 413, 'frame-too-large', { ...ana, more: 'x'.repeat(8192) }],
])(
  'TRUST-5: a sign-in with %s is refused by name (%i)',
  async (_, status, refusal, body, headers) => {
    const { ask } = await appWorld({}, shared);
    const answer = await ask('/api/sign-in', body, headers);
    expect([answer.status, await answer.json()]).toEqual([status, { refusal }]);
  },
);

test('while the database is away everybody is told to come back, and nothing is logged as a bug', async () => {
  const { ask, store, lines } = await world();
  await store.close();
  for (const [path, body] of [
    ['/api/sign-in', ana],
    ['/api/refresh', { refreshToken: `${'a'.repeat(22)}.${'b'.repeat(43)}` }],
  ] as const) {
    const answer = await ask(path, body);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { refusal: 'try-later', retryMs: 1_000 },
    ]);
  }
  expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test('who signed in is logged; passwords, tokens and what was typed are not', async () => {
  const { ask, lines } = await world();
  const { accessToken, refreshToken } = await (await ask('/api/sign-in', ana)).json();
  await ask('/api/sign-in', { email: 'my secret typed here', password: 'in the wrong field' });
  await ask('/api/refresh', { refreshToken });
  await ask('/api/sign-in', '{"email": "half a secr', { 'Content-Type': 'application/json' });
  const log = lines.join('');
  expect(log).toContain('"agent":"ana"');
  for (const secret of [
    password,
    accessToken,
    refreshToken,
    'secret',
    'wrong field',
    'half a secr',
  ])
    expect(log).not.toContain(secret);
});

test('our extension and our own pages may call; a page from elsewhere is told that it may not', async () => {
  const { ask } = await world();
  const from = (Origin: string) => ask('/api/sign-in', ana, { Origin });
  const ours = await from(extension);
  expect(ours.status).toBe(200);
  expect(ours.headers.get('Access-Control-Allow-Origin')).toBe(extension);
  expect(ours.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  const firefox = 'moz-extension://0f1e2d3c-aaaa-bbbb-cccc-0123456789ab';
  expect((await from(firefox)).headers.get('Access-Control-Allow-Origin')).toBe(firefox);
  expect((await from(home)).status).toBe(200);
  for (const origin of [
    'https://evil.example',
    'null',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'http://desk.example.evil.example',
  ]) {
    const answer = await from(origin);
    expect([answer.status, await answer.json()]).toEqual([403, { refusal: 'wrong-origin' }]);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
  }
});

test('GET /api/server says what this is, to the extension too', async () => {
  const { ask } = await appWorld();
  const answer = await ask('/api/server', undefined, { Origin: extension });
  expect(await answer.json()).toEqual({
    deskside: true,
    protocol: 2,
    protocolOldest: 2,
    centre: 'Small',
  });
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(extension);
});
