import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PeopleWorld, peopleWorld } from '../people/world.ts';
import { appWorld, extension, folderWith } from '../routes/app-world.ts';

let shared: PeopleWorld;
beforeAll(async () => {
  shared = await peopleWorld(undefined, afterAll);
});

const long = 'x'.repeat(2_000);
const built = {
  'widget.js': `/* ${long} */`,
  'chat/index.html': '<!doctype html><title>Chat</title>',
  'assets/chat-Ab12Cd34.js': `/* ${long} */`,
};

test('a process that runs is healthy; one that can store is ready', async () => {
  const { ask, store } = await appWorld();
  expect((await ask('/healthz')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(200);
  await store.close();
  expect((await ask('/healthz')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(503);
});

test('TRUST-5: asked a hundred times at once whether it is ready, the server asks its disk once', async () => {
  let probes = 0;
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const { ask } = await appWorld(
    {
      probe: () => {
        probes++;
        return promise;
      },
    },
    shared,
  );
  const asked = Array.from({ length: 100 }, () => ask('/readyz'));
  resolve();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(100).fill(200));
  expect(probes).toBe(1);
});

test('the loader may be used by any page, is compressed, and is asked for again soon', async () => {
  const { ask } = await appWorld({ files: { widget: folderWith(built), demo: null } }, shared);
  const loader = await ask('/widget.js', undefined, { 'Accept-Encoding': 'gzip' });
  expect(loader.status).toBe(200);
  expect(loader.headers.get('Content-Type')).toMatch(/^text\/javascript/);
  expect(loader.headers.get('Content-Encoding')).toBe('gzip');
  expect(loader.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  expect(loader.headers.get('Cache-Control')).toMatch(/max-age=300,/);
  const etag = loader.headers.get('ETag')!;
  const again = await ask('/widget.js', undefined, { 'If-None-Match': etag });
  expect(again.status).toBe(304);
});

test('hashed parts of the chat are kept for ever; nothing else of the build is served', async () => {
  const { ask } = await appWorld({ files: { widget: folderWith(built), demo: null } }, shared);
  const part = await ask('/widget/assets/chat-Ab12Cd34.js');
  expect(part.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  for (const path of [
    '/widget/chat/index.html',
    '/widget/widget.js',
    '/widget/assets/../chat/index.html',
    '/widget/assets/%2e%2e/chat/index.html',
    '/widget/assets/..%2fchat/index.html',
    '/widget/assets/none.js',
  ])
    expect((await ask(path)).status).toBe(404);
});

test('the chat is framed by its site’s pages only, and loads nothing from elsewhere', async () => {
  const { createCentre } = await import('../../../server/centre/centre.ts');
  const { parseCentre } = await import('../../../server/centre/parse-centre.ts');
  const centre = createCentre(
    parseCentre(
      `
name: Two shops
agents: []
queues: [{ id: q, name: Q }]
sites:
  - { id: one, name: One, origins: [https://one.example, https://www.one.example] }
  - { id: two, name: Two, origins: [self] }
`,
      'f',
    ),
  );
  const { ask } = await appWorld(
    { centre, files: { widget: folderWith(built), demo: null } },
    shared,
  );
  const policy = async (query: string) => {
    const answer = await ask(`/chat${query}`);
    expect(answer.headers.get('X-Frame-Options')).toBeNull();
    expect(answer.headers.get('Cache-Control')).toBe('no-cache');
    return new Map(
      answer.headers
        .get('Content-Security-Policy')!
        .split('; ')
        .map((part) => part.split(/ (.*)/) as [string, string]),
    );
  };
  const one = await policy('?site=one');
  expect(one.get('frame-ancestors')).toBe('https://one.example https://www.one.example');
  expect(one.get('default-src')).toBe("'none'");
  expect(one.get('script-src')).toBe("'self'");
  expect(one.get('connect-src')).toBe("'self' ws://desk.example wss://desk.example");
  expect((await policy('?site=two')).get('frame-ancestors')).toBe("'self'");
  expect((await policy('?site=none')).get('frame-ancestors')).toBe(
    "https://one.example https://www.one.example 'self'",
  );
});

test('a Host header that is no host doesn’t get into the policy', async () => {
  const { ask } = await appWorld({ files: { widget: folderWith(built), demo: null } }, shared);
  const answer = await ask('/chat', undefined, { Host: "x; script-src 'unsafe-inline'" });
  expect(answer.headers.get('Content-Security-Policy')).toContain("connect-src 'self';");
  expect(answer.headers.get('Content-Security-Policy')).not.toContain('unsafe');
});

test('a chat that isn’t built says so', async () => {
  const { ask } = await appWorld({}, shared);
  for (const path of ['/chat', '/widget.js']) {
    const answer = await ask(path);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      'The chat has not been built yet: npm run build.\n',
    ]);
  }
});

test('the demo’s pages stand under /demo, and / leads there; without a demo there are none', async () => {
  const demo = folderWith({
    'index.html': 'shop',
    'product.html': 'product',
    'crm.html': 'crm',
    'shop.css': 'a{}',
  });
  const { ask } = await appWorld({ files: { widget: folderWith({}), demo } }, shared);
  expect((await ask('/')).headers.get('Location')).toBe('/demo');
  for (const [path, text] of [
    ['/demo', 'shop'],
    ['/demo/', 'shop'],
    ['/demo/product', 'product'],
    ['/demo/crm', 'crm'],
    ['/demo/shop.css', 'a{}'],
  ] as const)
    expect(await (await ask(path)).text()).toBe(text);
  expect((await ask('/demo/none')).status).toBe(404);

  const { ask: without } = await appWorld({}, shared);
  expect((await without('/demo')).status).toBe(404);
  expect(await (await without('/')).text()).toBe('This is the Deskside server of Small.\n');
});

test('every answer says how browsers must treat it, errors too', async () => {
  const { ask } = await appWorld({}, shared);
  for (const path of ['/', '/api/server', '/none', '/healthz', '/invite']) {
    const { headers } = await ask(path);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Strict-Transport-Security')).toBeNull();
  }
});

test('behind TLS browsers are told to stay there', async () => {
  const { ask } = await appWorld(
    {
      web: {
        publicOrigin: 'https://desk.example',
        proxies: { check: () => false },
        extensionIds: [],
      },
    },
    shared,
  );
  expect((await ask('/')).headers.get('Strict-Transport-Security')).toBe('max-age=15552000');
});

test('a method that a door doesn’t know is refused with those that it does', async () => {
  const { ask } = await appWorld({}, shared);
  const answer = await ask('/api/sign-in');
  expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST']);
});

test('the extension’s preflight is answered', async () => {
  const { app } = await appWorld({}, shared);
  const answer = await app.request(
    'http://desk.example/api/sign-in',
    {
      method: 'OPTIONS',
      headers: {
        Origin: extension,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    },
    {},
  );
  expect(answer.status).toBe(204);
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(extension);
  expect(answer.headers.get('Access-Control-Allow-Headers')).toBe('Authorization,Content-Type');
});

test('a bug answers 500, is logged with its place, and tells nobody what it was about', async () => {
  const { ask, lines } = await appWorld(
    {
      people: {
        ...shared.people,
        signIn: () =>
          Promise.reject(new SyntaxError('Unexpected token in "dear agent, my PIN is"')),
      },
    },
    shared,
  );
  const answer = await ask('/api/sign-in', { email: 'a@b.example', password: 'x' });
  expect([answer.status, await answer.json()]).toEqual([500, { refusal: 'try-later' }]);
  const log = lines.join('');
  expect(log).toContain('"name":"SyntaxError"');
  expect(log).toContain('app.test.ts');
  expect(log).not.toContain('PIN');
});
