import { expect, test } from 'vitest';
import { accessOf, memoryAccess } from '../../desk/access.ts';
import { memoryDisk } from '../../desk/disk/memory.ts';
import { createTokens } from '../../desk/tokens.ts';
import { heldClock } from './held-clock.ts';
import { account, T } from './parts.ts';

type Reply = { readonly status: number; readonly body: unknown } | 'lost';

/** Tokens against a server that gives `refresh-1`, `refresh-2` …; its replies may be held or lost. */
async function tokensUnderTest(reply: (n: number) => Promise<Reply> | Reply = renewal) {
  const disk = memoryDisk().open();
  await disk.signIn(account);
  const clock = heldClock(T);
  const access = memoryAccess();
  const shown: string[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    shown.push((JSON.parse(String(init?.body)) as { refreshToken: string }).refreshToken);
    const answer = await reply(shown.length);
    if (answer === 'lost') throw new TypeError('network');
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  };
  return { disk, clock, access, shown, token: createTokens(disk, access, fetch, clock) };
}

const renewal = (n: number): Reply => ({
  status: 200,
  body: { accessToken: `access-${n}`, refreshToken: `refresh-${n}`, expiresInMs: 600_000 },
});

test('a token that is good is used again, until shortly before its end', async () => {
  const { token, clock, shown } = await tokensUnderTest();
  expect(await token(false)).toEqual({ type: 'token', token: 'access-1' });
  clock.advance(590_000);
  expect(await token(false)).toEqual({ type: 'token', token: 'access-1' });
  clock.advance(5_000);
  expect(await token(false)).toEqual({ type: 'token', token: 'access-2' });
  expect(shown).toEqual(['refresh-0', 'refresh-1']);
});

test('a refused one is replaced', async () => {
  const { token } = await tokensUnderTest();
  await token(false);
  expect(await token(true)).toEqual({ type: 'token', token: 'access-2' });
});

test('a token of another agent or server is never used', async () => {
  const { token, access } = await tokensUnderTest();
  const of = accessOf({ ...account, agent: 'agent-bea' });
  await access.write({ of, token: 'of bea', expiresAt: T + 600_000 });
  expect(await token(false)).toEqual({ type: 'token', token: 'access-1' });
});

test('one refresh at a time: two that ask at once get the same answer', async () => {
  const { token, shown } = await tokensUnderTest();
  const answers = await Promise.all([token(true), token(true), token(false)]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(shown).toEqual(['refresh-0']);
});

test('a lost answer signs nobody out: the same refresh token is shown again', async () => {
  const { token, disk, shown } = await tokensUnderTest((n) => (n === 1 ? 'lost' : renewal(n)));
  expect(await token(false)).toEqual({ type: 'unreachable' });
  expect(await disk.fact('account')).toMatchObject({ signedIn: true });
  expect(await token(false)).toEqual({ type: 'token', token: 'access-2' });
  expect(shown).toEqual(['refresh-0', 'refresh-0']);
});

test.each([500, 503, 429, 403, 404])('%i may pass: nobody is signed out', async (status) => {
  const { token, disk } = await tokensUnderTest(() => ({ status, body: { refusal: 'try-later' } }));
  expect(await token(false)).toEqual({ type: 'unreachable' });
  expect(await disk.fact('account')).toMatchObject({ signedIn: true });
});

test('the new refresh token is on the disk before the access token is handed out', async () => {
  const { token, disk } = await tokensUnderTest();
  await token(false);
  expect(await disk.fact('account')).toMatchObject({ refreshToken: 'refresh-1' });
});

test('a refresh token that is over ends the sign-in', async () => {
  const { token, disk } = await tokensUnderTest(() => ({
    status: 401,
    body: { refusal: 'not-signed-in' },
  }));
  expect(await token(false)).toEqual({ type: 'signed-out' });
  expect(await disk.fact('account')).toMatchObject({ signedIn: false });
  expect(await token(false)).toEqual({ type: 'signed-out' });
});

test('a refusal of the old token doesn’t end a sign-in that happened meanwhile', async () => {
  let answer: (reply: Reply) => void = () => {};
  const { token, disk } = await tokensUnderTest(
    () =>
      new Promise<Reply>((resolve) => {
        answer = resolve;
      }),
  );
  const asked = token(true);
  await new Promise((resolve) => setImmediate(resolve));
  await disk.signIn({ ...account, refreshToken: 'brand new' });
  answer({ status: 401, body: { refusal: 'not-signed-in' } });
  await asked;
  expect(await disk.fact('account')).toMatchObject({ signedIn: true, refreshToken: 'brand new' });
});
