import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runServer } from '../server/main/server-process.ts';
import { replay } from './replay.ts';
import { type Bound, linesOf } from './session-in-text.ts';

const folder = new URL('../../docs/sessions/', import.meta.url);
const files = readdirSync(folder);

/** `<token-of-jonas>` is the demo's agent, `<secret-of-ana>` a customer who has never been here. */
async function whoIsWho(url: string, document: string): Promise<Bound> {
  const bound: Bound = new Map();
  for (const [, name = '', kind, who] of document.matchAll(/<((token|secret)-of-([a-z]+))>/g)) {
    if (bound.has(name)) continue;
    const secret = randomBytes(32).toString('base64url');
    bound.set(name, kind === 'secret' ? secret : await tokenOf(url, `${who}@harbourpine.example`));
  }
  return bound;
}

async function tokenOf(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: 'deskside-demo' }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

test('there are sessions to replay', () => {
  expect(files).toContain('wrap-up.md');
});

test.each(files)(
  'the sessions in docs/sessions/%s happen as they are written',
  async (file) => {
    const document = readFileSync(new URL(file, folder), 'utf8');
    const { url } = await runServer();
    const lines = linesOf(document);
    expect(lines.length).toBeGreaterThan(10);
    expect(await replay(url, lines, await whoIsWho(url, document))).toEqual([]);
  },
  60_000,
);
