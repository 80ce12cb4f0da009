import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { event } from './door.ts';
import { harbour, setStatus } from './harbour.ts';

const slow = { timeout: 90_000 };
type Changes = { readonly name?: string; readonly skills?: string; readonly queues?: string };

const file = ({ name = 'Harbour', skills = '', queues = '' }: Changes = {}) => `
name: ${name}
agents:
  - { id: ada, name: Ada, email: ada@harbour.example, role: admin, skills: { orders: 3${skills} } }
queues:
  - { id: orders, name: Orders, skills: [{ skill: orders }] }
  - { id: claims, name: Claims, skills: [{ skill: claims }] }
${queues}
sites:
  - { id: shop, name: Shop, origins: [self] }
`;

/** A server of its own, with a ready admin and a customer. */
async function withAda() {
  const house = await harbour(file());
  const admin = await house.agent('ada');
  const customer = await house.customer('ana');
  await admin.command(setStatus('ready'));
  return { ...house.server(), path: house.path, admin, customer };
}

const named = (name: string) => (frame: Record<string, unknown>) =>
  frame.type === 'centre' && (frame.centre as { name: string }).name === name ? frame : undefined;

test(
  'SIGHUP reads the centre’s file anew: a waiting customer is offered to who has learned the skill, and every connection stays',
  slow,
  async () => {
    const { signal, path, admin, customer, url, says } = await withAda();
    const started = await customer.command({ type: 'start', queue: 'claims', language: 'en' });
    expect(started.type).toBe('ack');

    writeFileSync(path, file({ name: 'Harbour & Sons', skills: ', claims: 2' }));
    signal('SIGHUP');
    await admin.hears(named('Harbour & Sons'));
    expect(await admin.hears(event('offer-made'))).toMatchObject({ queue: 'claims' });
    await says(/read anew/);
    const answer = await (await fetch(`${url}/api/server`)).json();
    expect(answer).toMatchObject({ centre: 'Harbour & Sons' });
  },
);

test(
  'an admin asks for it: a bad file leaves the old one in force and says why, a good one takes its place',
  slow,
  async () => {
    const { path, admin, customer } = await withAda();
    const ask = (id: string) => {
      admin.send({ type: 'ask', id, question: { type: 'reload-centre' } });
      return admin.hears((frame) => (frame.id === id ? frame.answer : undefined));
    };
    writeFileSync(path, file({ queues: '  - { id: spare, name: Spare, priority: 11 }' }));
    expect(await ask('reload-centre-01')).toEqual({
      type: 'reload-centre',
      outcome: 'refused',
      why: `${path}:8:41: queues[2].priority must be a whole number from 1 to 10, not 11.`,
    });
    const start = { type: 'start', queue: 'spare', language: 'en' };
    expect(await customer.command(start)).toMatchObject({ refusal: 'unknown-queue' });

    writeFileSync(
      path,
      file({ queues: '  - { id: spare, name: Spare, skills: [{ skill: orders }] }' }),
    );
    expect(await ask('reload-centre-02')).toMatchObject({ outcome: 'in-force', why: null });
    expect((await customer.command(start)).type).toBe('ack');
    expect(await admin.hears(event('offer-made'))).toMatchObject({ queue: 'spare' });
  },
);
