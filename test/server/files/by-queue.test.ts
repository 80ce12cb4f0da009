import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { customer, type Person, post, send, server, temporaryFolder } from './world.ts';

const house = `
name: House
agents: [{ id: ana, name: Ana, email: ana@house.example }]
queues: [{ id: sales, name: Sales }, { id: claims, name: Claims }]
sites:
  - { id: demo, name: Shop, origins: [self], queues: [sales], sensitiveData: { payment-card: allow } }
  - { id: law, name: Law, origins: [self], queues: [claims], sensitiveData: { email: redact, iban: drop } }
`;
const card = '4111 1111 1111 1111';
const address = 'zoe@shop.example';
const account = 'DE89 3704 0044 0532 0130 00';

/** Two queues, whose sites have policies of their own. */
async function world() {
  const path = join(temporaryFolder(), 'house.yaml');
  writeFileSync(path, house);
  const { url } = await server({ CENTRE: path });
  async function waiting(queue: string) {
    const who: Person = await customer(url);
    const { stream } = await who.door.command({ type: 'start', queue, language: 'en' });
    const interaction = String(stream).slice('interaction:'.length);
    const give = (text: string, name = 'file.txt') =>
      send(url, who, Buffer.from(text), { interaction, name });
    return { ...who, interaction, give };
  }
  return { sales: await waiting('sales'), claims: await waiting('claims') };
}

test('GUARD-1: what may be in a file is what its queue’s site says', async () => {
  const { sales, claims } = await world();
  const taken = await sales.give(`${card} of ${address}`);
  expect((await sales.door.command(post(sales.interaction, [taken]))).type).toBe('ack');
  expect(await sales.give(account)).toBe('file-sensitive');
  for (const text of [card, address, account])
    expect(await claims.give(text)).toBe('file-sensitive');
});

test('GUARD-1: and so is what may be in its name', async () => {
  const { sales, claims } = await world();
  const nameOf = async ({ door, interaction, give }: typeof sales, name: string) => {
    const id = await give('Hello', name);
    await door.command(post(interaction, [id]));
    const frame = await door.hears((one) => {
      const text = JSON.stringify(one);
      return text.includes(`"file:${id}"`) ? { text } : undefined;
    });
    return /"file:[^"]+":"([^"]+)"/.exec(frame.text)?.[1];
  };
  expect(await nameOf(sales, `${card}.txt`)).toBe(`${card}.txt`);
  expect(await nameOf(claims, `${card}.txt`)).toBe('_ _ _ 1111.txt');
  expect(await claims.give('Hello', `${account}.txt`)).toBe('file-sensitive');
});
