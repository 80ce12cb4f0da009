import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { event, openDoor } from './door.ts';
import { run, runServer, temporaryFolder } from './server-process.ts';

const slow = { timeout: 90_000 };
const json = { 'Content-Type': 'application/json' };
const password = 'a long enough one';
const ready = {
  ...{ type: 'set-status', channel: 'chat', to: 'ready', reason: null },
  ...{ durationMs: null, next: 'stay' },
};

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
async function harbour() {
  const folder = temporaryFolder();
  const path = join(folder, 'centre.yaml');
  writeFileSync(path, file());
  const env = { CENTRE: path, DATA_DIR: join(folder, 'data') };
  const server = await runServer(env);
  const { url } = server;

  const invite = run(['server/commands/agent-invite.ts', '--email', 'ada@harbour.example'], env);
  const [, token = ''] = await invite.says(/invite\?token=(\S+)/);
  const body = new URLSearchParams({ token, password, again: password });
  await fetch(`${url}/invite`, { method: 'POST', body, headers: { Origin: url } });
  const signIn = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: 'ada@harbour.example', password }),
  });
  const { accessToken } = (await signIn.json()) as { accessToken: string };

  const admin = await openDoor(url, '/agent');
  const hello = { desk: 'desk-1', claim: true, agentSeq: 0, cursors: [] };
  admin.send({ type: 'hello', protocol: 2, token: accessToken, ...hello });
  await admin.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  const customer = await openDoor(url, '/customer');
  const secret = 'c'.repeat(43);
  customer.send({ type: 'hello', protocol: 2, secret, site: 'shop', cursor: null });
  await customer.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  await admin.command(ready);
  return { ...server, path, admin, customer };
}

const named = (name: string) => (frame: Record<string, unknown>) =>
  frame.type === 'centre' && (frame.centre as { name: string }).name === name ? frame : undefined;

test(
  'SIGHUP reads the centre’s file anew: a waiting customer is offered to who has learned the skill, and every connection stays',
  slow,
  async () => {
    const { signal, path, admin, customer, url, says } = await harbour();
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
    const { path, admin, customer } = await harbour();
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
