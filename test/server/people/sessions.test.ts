import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { keyFact } from '../../../server/people/secret.ts';
import { password, peopleWorld, signedIn, withPassword } from './world.ts';

const here = '192.0.2.1';
const minutes = (count: number) => count * 60_000;
const over = { type: 'not-signed-in' };

async function world() {
  const made = await peopleWorld();
  await withPassword(made.people);
  const first = await signedIn(made.people);
  const refresh = async (token: string) => {
    const answer = await made.people.refresh(token, here);
    return answer.type === 'signed-in' ? answer : null;
  };
  return { ...made, first, refresh };
}

test('an access token says who it is for ten minutes, also after a restart', async () => {
  const { people, first, advance, restart } = await world();
  const access = { agent: 'ana', session: first.session };
  expect(await people.verifyAccess(first.accessToken)).toEqual(access);
  advance(minutes(10) - 1_000);
  expect(await (await restart()).verifyAccess(first.accessToken)).toEqual(access);
  advance(1_000);
  expect(await people.verifyAccess(first.accessToken)).toBeNull();
});

test('refreshing gives new tokens for the same session, again and again', async () => {
  const { people, first, advance, refresh } = await world();
  let token = first.refreshToken;
  for (let n = 0; n < 3; n++) {
    advance(minutes(9));
    const next = await refresh(token);
    expect(next?.refreshToken).not.toBe(token);
    expect(await people.verifyAccess(next!.accessToken)).toEqual({
      agent: 'ana',
      session: first.session,
    });
    token = next!.refreshToken;
  }
});

test('a refresh whose answer was lost is repeated, and hears the same', async () => {
  const { first, advance, refresh, told } = await world();
  const lost = await refresh(first.refreshToken);
  advance(60_000);
  const again = await refresh(first.refreshToken);
  expect(again?.refreshToken).toBe(lost?.refreshToken);
  expect(await refresh(again!.refreshToken)).not.toBeNull();
  expect(told).toEqual([]);
});

test('two refreshes at once hear the same, and the session lives', async () => {
  const { first, refresh } = await world();
  const [one, two] = await Promise.all([refresh(first.refreshToken), refresh(first.refreshToken)]);
  expect(one?.refreshToken).toBe(two?.refreshToken);
  expect(await refresh(one!.refreshToken)).not.toBeNull();
});

test('an old token shown a minute later is theft: the whole family is over and its desks are told', async () => {
  const { people, first, advance, refresh, told } = await world();
  const next = await refresh(first.refreshToken);
  advance(60_001);
  expect(await refresh(first.refreshToken)).toBeNull();
  expect(told).toEqual([{ type: 'session-over', session: first.session }]);
  expect(await refresh(next!.refreshToken)).toBeNull();
  expect(await people.verifyAccess(next!.accessToken)).toBeNull();
});

test('a token older than the previous one ends the family too', async () => {
  const { first, refresh, told } = await world();
  const second = await refresh(first.refreshToken);
  await refresh(second!.refreshToken);
  expect(await refresh(first.refreshToken)).toBeNull();
  expect(told).toHaveLength(1);
});

test('other sessions of the agent don’t notice', async () => {
  const { people, first, refresh } = await world();
  const other = await signedIn(people);
  const second = await refresh(first.refreshToken);
  await refresh(second!.refreshToken);
  await refresh(first.refreshToken);
  expect(await refresh(other.refreshToken)).not.toBeNull();
});

test('after sign-out neither token is good, and its sockets are told', async () => {
  const { people, first, refresh, told } = await world();
  await people.signOut(first.refreshToken);
  expect(await people.verifyAccess(first.accessToken)).toBeNull();
  expect(await refresh(first.refreshToken)).toBeNull();
  await people.signOut(first.refreshToken);
  expect(told).toEqual([{ type: 'session-over', session: first.session }]);
});

test('a session that nobody used for thirty days is over', async () => {
  const { first, advance, refresh } = await world();
  advance(30 * 24 * 3_600_000 - 1);
  const used = await refresh(first.refreshToken);
  expect(used).not.toBeNull();
  advance(30 * 24 * 3_600_000);
  expect(await refresh(used!.refreshToken)).toBeNull();
});

test('an agent who was taken out of the centre’s file is signed out', async () => {
  const { first, restart } = await world();
  const later = await restart(`
name: Small
agents: [{ id: bo, name: Bo, email: bo@small.example }]
queues: [{ id: billing, name: Billing }]
`);
  expect(await later.verifyAccess(first.accessToken)).toBeNull();
  expect(await later.refresh(first.refreshToken, here)).toEqual(over);
});

test('refresh tokens are stored as hashes only', async () => {
  const { first, store } = await world();
  const session = await store.sessions.get(first.session);
  expect(JSON.stringify(session)).not.toContain(first.refreshToken.split('.')[1]);
});

test('forged, foreign and mutilated tokens are nobody’s', async () => {
  const { people, store, first, told } = await world();
  const key = await keyFact(store, 'people-key');
  const forged = (algorithm: string, audience: string, issuer: string, with_: Uint8Array = key) =>
    new SignJWT({ sid: first.session })
      .setProtectedHeader({ alg: algorithm })
      .setSubject('ana')
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(new Date(Date.UTC(2026, 0, 1)))
      .setExpirationTime(new Date(Date.UTC(2026, 0, 2)))
      .sign(with_);
  const good = await forged('HS256', 'deskside-agent', 'deskside');
  expect(await people.verifyAccess(good)).not.toBeNull();

  const [head, body, seal] = good.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const token of [
    '',
    'x',
    '..',
    `${none}.${body}.`,
    `${none}.${body}.${seal}`,
    `${head}.${body}.${seal?.slice(1)}`,
    await forged('HS512', 'deskside-agent', 'deskside'),
    await forged('HS256', 'deskside-invite', 'deskside'),
    await forged('HS256', 'deskside-agent', 'somebody'),
    await forged('HS256', 'deskside-agent', 'deskside', new Uint8Array(32)),
    await people.invite('ana' as never),
    first.refreshToken,
  ])
    expect(await people.verifyAccess(token)).toBeNull();

  for (const token of ['', 'x', '.', `${'a'.repeat(22)}.${'b'.repeat(43)}`, good])
    expect(await people.refresh(token, here)).toEqual(over);
  expect(told).toEqual([]);
});

test('TRUST-5: refreshes from one address have a limit', async () => {
  const { people } = await peopleWorld({
    windowMs: 1_000,
    perPair: 1,
    perAccount: 1,
    perAddress: 1,
    refreshesPerAddress: 2,
  });
  for (let n = 0; n < 2; n++) expect((await people.refresh('x', here)).type).toBe('not-signed-in');
  expect(await people.refresh('x', here)).toEqual({ type: 'too-many', retryMs: 1_000 });
});

test('an invitation sets a password once, ends every session, and lasts three days', async () => {
  const { people, first, told, advance } = await world();
  const invitation = await people.invite('ana' as never);
  const another = await people.invite('ana' as never);
  expect((await people.invited(invitation))?.name).toBe('Ana');
  expect(await people.setPassword(invitation, 'too short')).toBe('too-short');
  expect(await people.setPassword(invitation, 'x'.repeat(257))).toBe('too-long');
  expect(await people.setPassword(invitation, 'a new long password')).toBe('set');

  expect(await people.verifyAccess(first.accessToken)).toBeNull();
  expect(told).toContainEqual({ type: 'session-over', session: first.session });
  for (const used of [invitation, another, '', first.accessToken]) {
    expect(await people.invited(used)).toBeNull();
    expect(await people.setPassword(used, 'yet another password')).toBe('not-invited');
  }
  expect((await people.signIn('ana@small.example', password, here)).type).toBe('wrong-credentials');

  const late = await people.invite('ana' as never);
  advance(72 * 3_600_000);
  expect(await people.invited(late)).toBeNull();
});

test('the demo’s password is taken away from everybody who still has it, and from nobody else', async () => {
  const { people, told } = await world();
  await people.demo(true);
  const demo = 'deskside-demo';
  expect((await people.signIn('ana@small.example', demo, here)).type).toBe('wrong-credentials');
  const bo = await people.signIn('bo@small.example', demo, here);
  expect(bo.type).toBe('signed-in');

  await people.demo(false);
  expect((await people.signIn('bo@small.example', demo, here)).type).toBe('wrong-credentials');
  expect((await people.signIn('ana@small.example', password, here)).type).toBe('signed-in');
  expect(told).toHaveLength(1);
});
