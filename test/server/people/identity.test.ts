import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { createIdentify } from '../../../server/people/identity.ts';

const NOW = Date.UTC(2026, 0, 1);
const SECONDS = NOW / 1000;
const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

const centre = createCentre(
  parseCentre(
    JSON.stringify({
      name: 'Shop',
      queues: [{ id: 'sales', name: 'Sales' }],
      agents: [{ id: 'ana', name: 'Ana', email: 'ana@shop.example' }],
      sites: [
        { id: 'shop', name: 'Shop', origins: ['self'], identityKey: pem },
        { id: 'plain', name: 'Plain', origins: ['self'] },
      ],
    }),
    'shop.yaml',
  ),
);
const identify = createIdentify(centre, { now: () => NOW });

type Token = {
  readonly claims?: object;
  readonly audience?: string;
  readonly alg?: string;
  readonly key?: KeyObject | Uint8Array;
  readonly iat?: number;
  readonly exp?: number;
};
const sign = ({
  claims = { sub: '4711' },
  audience = 'shop',
  alg = 'EdDSA',
  key = keys.privateKey,
  iat = SECONDS,
  exp = SECONDS + 60,
}: Token): Promise<string> =>
  new SignJWT({ ...claims, iat, exp }).setProtectedHeader({ alg }).setAudience(audience).sign(key);

test('KNOW-1: a site says who its customer is, and which fields it vouches for', async () => {
  const claims = { sub: '4711', name: 'Zoë', email: 'zoe@shop.example', admin: true };
  expect(await identify(await sign({ claims }))).toEqual({
    verifiedId: 'shop/4711',
    verified: 'email name',
    name: 'Zoë',
    email: 'zoe@shop.example',
  });
  expect(await identify(await sign({}))).toEqual({ verifiedId: 'shop/4711', verified: '' });
  expect(await identify(await sign({ exp: SECONDS - 20 }))).not.toBeNull();
});

test.each<[string, Token]>([
  ['of another key', { key: others.privateKey }],
  ['signed with the public key as a secret', { alg: 'HS256', key: new TextEncoder().encode(pem) }],
  ['for a site without a key', { audience: 'plain' }],
  ['for no site of ours', { audience: 'elsewhere' }],
  ['that has expired', { exp: SECONDS - 31 }],
  ['that is older than an hour', { iat: SECONDS - 3_631, exp: SECONDS + 60 }],
  ['that begins later', { claims: { sub: '4711', nbf: SECONDS + 31 } }],
  ['that names nobody', { claims: {} }],
  ['with an empty id', { claims: { sub: '' } }],
  ['with an id longer than ids are', { claims: { sub: 'x'.repeat(129) } }],
  ['with an e-mail that is none', { claims: { sub: '4711', email: 'zoe' } }],
])('KNOW-1: a token %s verifies nobody', async (_, token) => {
  expect(await identify(await sign(token))).toBeNull();
});

test.each([
  ['nothing', ''],
  ['words', 'not a token'],
  ['dots', '..'],
  ['an unsigned one', `${btoa('{"alg":"none"}')}.${btoa('{"sub":"4711","aud":"shop"}')}.`],
])('KNOW-1: %s verifies nobody', async (_, token) => {
  expect(await identify(token)).toBeNull();
});

test('KNOW-1: what docs/operations.md shows a site makes a token that is believed', async () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n(import \{ SignJWT[^`]*)```/.exec(page) ?? [];
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
  const body = code.replace(/^import.*$/gm, '').replace('export ', '');
  const made = new Function(
    ...['SignJWT', 'createPrivateKey', 'readFileSync'],
    `${body}; return identityOf;`,
  );
  const privatePem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const { createPrivateKey } = await import('node:crypto');
  const identityOf = made(SignJWT, createPrivateKey, () => privatePem);
  const today = createIdentify(centre, { now: () => Date.now() });
  const customer = { id: '4711', name: 'Zoë', email: 'zoe@shop.example' };
  expect(await today(await identityOf(customer))).toMatchObject({
    verifiedId: 'shop/4711',
    verified: 'email name',
  });
});
