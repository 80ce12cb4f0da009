import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { CustomerCommand } from '../../../protocol/commands.ts';
import { createIdentify } from '../../../server/people/identity.ts';
import { byCustomer, START } from '../given.ts';
import { Spine } from '../spine.ts';
import { start } from '../stories.ts';
import { command } from './waiting.ts';

const keys = generateKeyPairSync('ed25519');
const identityKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const site = (id: string) => (id === 'shop' ? ({ id, identityKey } as never) : null);

const tokenOf = (claims: object): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setAudience('shop')
    .setIssuedAt(START / 1000)
    .setExpirationTime(START / 1000 + 600)
    .sign(keys.privateKey);

const house = () => new Spine({ identify: (clock) => createIdentify({ site }, clock) });
const wordsOf = (world: Spine) => world.committed[0]?.content;

test('KNOW-1: what the site vouches for stands in the interaction, in place of what was typed', async () => {
  const world = house();
  const identity = await tokenOf({ sub: '4711', email: 'zoe@shop.example' });
  const typed = { ...start(), name: 'Queen', email: 'queen@palace.example', identity };
  expect(await world.ask(byCustomer(), typed)).toMatchObject({ type: 'ack' });
  expect(wordsOf(world)).toEqual({
    name: 'Queen',
    email: 'zoe@shop.example',
    verifiedId: 'shop/4711',
    verified: 'email',
  });
  expect(JSON.stringify(world.committed)).not.toContain(identity);
});

test('KNOW-1: a token that isn’t good begins nothing, and the customer hears why', async () => {
  const world = house();
  const identity = await tokenOf({ sub: '4711' });
  await world.clock.advance(631_000);
  expect(await world.ask(byCustomer(), { ...start(), identity })).toMatchObject({
    type: 'refused',
    refusal: 'identity-refused',
  });
  expect(world.committed).toEqual([]);
  const without = new Spine();
  expect(await without.ask(byCustomer(), { ...start(), identity })).toMatchObject({
    refusal: 'identity-refused',
  });
});

test('TRUST-2: a start that was accepted is answered the same when its token has expired since', async () => {
  const world = house();
  const asked = { ...start(), identity: await tokenOf({ sub: '4711' }) };
  const first = await world.ask(byCustomer(), asked, command('one'));
  await world.clock.advance(700_000);
  expect(await world.ask(byCustomer(), asked, command('one'))).toEqual(first);
  world.restart();
  expect(await world.ask(byCustomer(), asked, command('one'))).toEqual(first);
});

test('KNOW-1: nobody says of themselves that they are verified', () => {
  const said = { ...start(), verifiedId: 'shop/4711', verified: 'email' };
  const parsed = v.parse(CustomerCommand, said);
  expect(parsed).not.toHaveProperty('verifiedId');
  expect(parsed).not.toHaveProperty('verified');
});
