import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { png, post, send } from '../files/world.ts';
import { expected } from './expected.ts';
import {
  type Customer,
  type House,
  openHouse,
  type Relation,
  relations,
  roles,
  stand,
} from './house.ts';

/** TRUST-4 over real doors: a file is its message's, so whoever may read that may have it, and nobody else. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const standing = Object.keys(relations) as Relation[];
const letters: Readonly<Record<number, string>> = { 200: 'y', 201: 'y', 403: 'n', 404: 'h' };

/** The file of a message that this customer has sent. */
async function sent(customer: Customer): Promise<string> {
  const { door, interaction } = customer;
  const id = await send(house.url, customer, png, { interaction, name: 'a.png' });
  expect((await door.command(post(interaction, [id]))).type).toBe('ack');
  return id;
}

/** Has this file; begins to send another one there. */
async function answers(file: string, { interaction }: Customer, headers: object) {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const begun = {
    'Tus-Resumable': '1.0.0',
    'Upload-Length': '1',
    'Upload-Metadata': `interaction ${encoded(interaction)},name ${encoded('a.txt')}`,
  };
  const asked = await Promise.all([
    fetch(`${house.url}/files/${file}`, { headers: { ...headers } }),
    fetch(`${house.url}/files`, { method: 'POST', headers: { ...headers, ...begun } }),
  ]);
  return asked.map(({ status }) => letters[status] ?? status);
}

describe.each(roles)('TRUST-4: attachments, as %s', (role) => {
  test.each(standing)(
    'TRUST-4: who may have a file, and who may send one: %s',
    async (relation) => {
      house.forgetColleagues();
      const one = await house.colleague(role);
      const customer = await stand(house, relation, one);
      const file = await sent(customer);
      const as = (token: string) => answers(file, customer, { Authorization: `Bearer ${token}` });
      const column = standing.indexOf(relation);
      expect(await as(one.token)).toEqual([
        expected.read[role][column],
        expected.post[role][column],
      ]);
      expect(await as('not-a-token')).toEqual([401, 401]);
      expect(await answers(file, customer, {})).toEqual([401, 401]);
    },
  );
});

test('TRUST-4: a customer has the files of their own interaction, and sends them there', async () => {
  const [customer, other] = [await house.waiting(), await house.waiting()];
  const file = await sent(customer);
  expect(await answers(file, customer, customer.headers)).toEqual(['y', 'y']);
  expect(await answers(file, customer, other.headers)).toEqual(['h', 'h']);
});
