import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { attemptLimits } from '../../../server/people/attempts.ts';
import { password, peopleWorld, signedIn, withPassword } from './world.ts';

const here = '192.0.2.1';
const wrong = { type: 'wrong-credentials' };

test('an agent signs in with the password they have set, whatever the case of the address', async () => {
  const { people } = await peopleWorld();
  await withPassword(people);
  expect(await people.signIn(' ANA@small.example', password, here)).toMatchObject({
    type: 'signed-in',
    expiresInMs: 600_000,
    agent: { id: 'ana', name: 'Ana', role: 'agent' },
  });
});

test('a wrong password, an unknown address and an agent without a password hear the same', async () => {
  const { people } = await peopleWorld();
  await withPassword(people);
  expect(await people.signIn('ana@small.example', `${password}.`, here)).toEqual(wrong);
  expect(await people.signIn('eve@small.example', password, here)).toEqual(wrong);
  expect(await people.signIn('bo@small.example', password, here)).toEqual(wrong);
  expect(await people.signIn('bo@small.example', '', here)).toEqual(wrong);
});

test('an unknown address takes the same time as a wrong password', async () => {
  const { people } = await peopleWorld({ ...attemptLimits, perPair: 1_000, perAccount: 1_000 });
  await withPassword(people);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < 15; n++) {
    for (const who of ['known', 'unknown'] as const) {
      const from = performance.now();
      await people.signIn(who === 'known' ? 'ana@small.example' : 'eve@small.example', 'x', here);
      times[who].push(performance.now() - from);
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)];
  // Without the hash it would be fifty times faster.
  expect(unknown).toBeGreaterThan(known / 2);
  expect(unknown).toBeLessThan(known * 2);
});

test('passwords are kept as argon2id with 19 MiB and two passes', async () => {
  const { people, store } = await peopleWorld();
  await withPassword(people);
  const account = await store.accounts.byEmail('ana@small.example');
  expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('the same letters typed in another way are the same password', async () => {
  const { people } = await peopleWorld();
  const typed = 'Schlüssel für München';
  await people.setPassword(await people.invite('ana' as never), typed.normalize('NFD'));
  expect((await people.signIn('ana@small.example', typed.normalize('NFC'), here)).type).toBe(
    'signed-in',
  );
});

test('TRUST-5: twenty wrong guesses at once are counted as twenty', async () => {
  const { people } = await peopleWorld();
  await withPassword(people);
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => people.signIn('ana@small.example', 'guess', here)),
  );
  expect(guesses.filter(({ type }) => type === 'wrong-credentials')).toHaveLength(10);
  expect(await people.signIn('ana@small.example', password, here)).toEqual({
    type: 'too-many',
    retryMs: attemptLimits.windowMs,
  });
});

test('TRUST-5: who guesses from elsewhere does not shut the owner out, and a quarter of an hour heals', async () => {
  const { people, advance } = await peopleWorld();
  await withPassword(people);
  for (let n = 0; n < 11; n++) await people.signIn('ana@small.example', 'guess', '198.51.100.7');
  expect((await people.signIn('ana@small.example', password, here)).type).toBe('signed-in');
  expect((await people.signIn('ana@small.example', password, '198.51.100.7')).type).toBe(
    'too-many',
  );
  advance(attemptLimits.windowMs);
  expect((await people.signIn('ana@small.example', password, '198.51.100.7')).type).toBe(
    'signed-in',
  );
});

test('TRUST-5: one account guessed from many addresses, and many accounts from one, come to an end', async () => {
  const { people } = await peopleWorld({ ...attemptLimits, perAccount: 4, perAddress: 3 });
  const types: string[] = [];
  for (let n = 0; n < 5; n++)
    types.push((await people.signIn('ana@small.example', 'guess', `203.0.113.${n}`)).type);
  expect(types).toEqual([...Array(4).fill('wrong-credentials'), 'too-many']);
  for (let n = 0; n < 3; n++) await people.signIn(`${n}@small.example`, 'guess', here);
  expect((await people.signIn('4@small.example', 'guess', here)).type).toBe('too-many');
});

test('a right password forgives the wrong ones before it', async () => {
  const { people } = await peopleWorld({ ...attemptLimits, perPair: 3 });
  await withPassword(people);
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 2; n++) await people.signIn('ana@small.example', 'guess', here);
    await signedIn(people);
  }
});

test('TRUST-5: more sign-ins at once than the machine should hash are told to come back', async () => {
  const { people } = await peopleWorld({ ...attemptLimits, perAddress: 1_000 });
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => people.signIn(`${n}@small.example`, 'x', here)),
  );
  expect(answers.filter(({ type }) => type === 'too-many')).toEqual(
    Array(8).fill({ type: 'too-many', retryMs: 1_000 }),
  );
});

test('an agent who was taken out of the centre’s file can’t sign in', async () => {
  const { people, restart } = await peopleWorld();
  await withPassword(people);
  const later = await restart(`
name: Small
agents: [{ id: bo, name: Bo, email: bo@small.example }]
queues: [{ id: billing, name: Billing }]
`);
  expect(await later.signIn('ana@small.example', password, here)).toEqual(wrong);
});

test('an e-mail address may move to another agent', async () => {
  const { people, restart } = await peopleWorld();
  await withPassword(people, 'ana');
  await withPassword(people, 'bo');
  const later = await restart(`
name: Small
agents:
  - { id: bo, name: Bo, email: ana@small.example }
  - { id: ana, name: Ana, email: bo@small.example }
queues: [{ id: billing, name: Billing }]
`);
  expect((await signedIn(later, 'ana@small.example')).agent.id).toBe('bo');
  await withPassword(later, 'bo');
  await withPassword(later, 'ana');
  expect((await signedIn(later, 'bo@small.example')).agent.id).toBe('ana');
});

test('while the database is away nobody is refused, and nothing counts as wrong', async () => {
  const { people, store } = await peopleWorld({ ...attemptLimits, perPair: 1 });
  await store.close();
  for (let n = 0; n < 3; n++)
    await expect(people.signIn('ana@small.example', password, here)).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
});

const median = (values: number[]): number =>
  values.sort((one, two) => one - two)[Math.floor(values.length / 2)] ?? 0;
