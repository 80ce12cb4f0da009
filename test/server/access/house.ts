import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId } from '../../../protocol/ids.ts';
import { databaseIn } from '../../../server/commands/data-directory.ts';
import { openStore } from '../../../server/commands/open-store.ts';
import { createLog } from '../../../server/log.ts';
import { startServer } from '../../../server/main.ts';
import { createPasswords } from '../../../server/people/passwords.ts';
import { readSettings } from '../../../server/settings.ts';
import { type Door, event, openDoor } from '../main/door.ts';

export const roles = ['agent', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A whole server on a port, with as many people of each role as a table needs. */
export type House = Awaited<ReturnType<typeof openHouse>>;
export type Colleague = { readonly id: AgentId; readonly token: string; readonly door: Door };
export type Customer = {
  readonly door: Door;
  readonly interaction: string;
  /** Of what they ask for over HTTP. */
  readonly headers: { readonly Authorization: string };
};

/** Nobody holds more than this: a person may take up to 12 by hand (CAP-3). */
const HELD_MAX = 10;
const EACH = 60;
const password = 'correct horse battery';

export async function openHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-access-'));
  const ids = roles.flatMap((role) => Array.from({ length: EACH }, (_, n) => ({ role, n })));
  const file = join(folder, 'centre.yaml');
  await writeFile(file, centreFile(ids.map(({ role, n }) => ({ id: idOf(role, n), role }))));
  const dataDir = join(folder, 'data');
  await giveAll(
    ids.map(({ role, n }) => idOf(role, n)),
    databaseIn(dataDir),
  );
  const lines: string[] = [];
  const server = await startServer(
    readSettings({ PORT: '0', DATA_DIR: dataDir, CENTRE: file, LOG_LEVEL: 'warn' }),
    createLog('warn', { write: (line) => void lines.push(line) }),
  );
  const { url } = server;
  const next = { agent: 0, supervisor: 0, admin: 0 };
  let customers = 0;
  let free: { colleague: Colleague; role: Role; holds: number }[] = [];

  async function signIn(id: string): Promise<string> {
    const answer = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: `${id}@house.example`, password }),
    });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  }

  /** Somebody of this role who holds nothing yet. */
  async function newcomer(role: Role): Promise<Colleague> {
    const id = idOf(role, next[role]++) as AgentId;
    const token = await signIn(id);
    const door = await openDoor(url, '/agent');
    const hello = { token, desk: `desk-of-${id}`, claim: true, agentSeq: 0, cursors: [] };
    door.send({ type: 'hello', protocol: 2, ...hello });
    await door.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
    return { id, token, door };
  }

  /** Somebody of this role who has room for one more. */
  async function colleague(role: Role, not?: Colleague): Promise<Colleague> {
    const known = free.find(
      (one) => one.role === role && one.holds < HELD_MAX && one.colleague !== not,
    );
    if (known !== undefined) {
      known.holds++;
      return known.colleague;
    }
    const colleague = await newcomer(role);
    free.push({ colleague, role, holds: 1 });
    return colleague;
  }

  /** A customer who has just come and waits. */
  async function waiting(): Promise<Customer> {
    const door = await openDoor(url, '/customer');
    const secret = `customer-${++customers}`.padEnd(43, '-');
    door.send({ type: 'hello', protocol: 2, secret, site: 'shop', cursor: null });
    await door.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
    const { stream } = await door.command({ type: 'start', queue: 'sales', language: 'en' });
    const headers = { Authorization: `Secret ${secret}` };
    return { door, interaction: String(stream).slice('interaction:'.length), headers };
  }

  return {
    url,
    dataDir,
    lines,
    newcomer,
    colleague,
    waiting,
    /** Sockets end with the test that opened them. */
    forgetColleagues: () => {
      free = [];
    },
    async close(): Promise<void> {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

const idOf = (role: Role, n: number): string => `${role}-${n}`;

/** One hash for everybody: three hundred of them would take longer than the test. */
async function giveAll(ids: readonly string[], database: string): Promise<void> {
  const passwordHash = await (await createPasswords()).hash(password);
  const store = await openStore(database, () => {});
  for (const id of ids)
    await store.accounts.put({ agent: id as AgentId, email: `${id}@house.example`, passwordHash });
  await store.close();
}

const centreFile = (people: readonly { readonly id: string; readonly role: Role }[]): string => `
name: House
agents:
${people
  .map(
    ({ id, role }) =>
      `  - { id: ${id}, name: ${id}, email: ${id}@house.example, role: ${role}, limits: { chat: 12 }, skills: { sales: 3 } }`,
  )
  .join('\n')}
queues: [{ id: sales, name: Sales, transfer: immediate, senderWrapUpSeconds: 3600, skills: [{ skill: sales }] }]
sites: [{ id: shop, name: Shop, origins: [self] }]
`;

/** How somebody of our side stands to an interaction. */
export const relations = {
  own: 'who answers for it',
  guest: 'a guest in it',
  queue: 'who has the skills of the queue in which it waits',
  other: 'a colleague who has nothing to do with it',
  past: 'who transferred it away',
} as const;
export type Relation = keyof typeof relations;

/** An interaction that this colleague stands to in this way, brought about over the doors. */
export async function stand(house: House, relation: Relation, one: Colleague): Promise<Customer> {
  const customer = await house.waiting();
  const { interaction } = customer;
  if (relation === 'queue') return customer;
  const other = relation === 'own' ? null : await house.colleague('agent', one);
  const first = relation === 'past' || other === null ? one : other;
  await acknowledged(first, { type: 'pick', interaction });
  if (relation === 'guest' && other !== null) {
    const asks = { type: 'request', interaction, kind: 'join', to: one.id, note: '' };
    await acknowledged(other, asks);
    const { request } = await one.door.hears((frame) => {
      const made = event('request-made')(frame);
      return made?.interaction === interaction ? made : undefined;
    });
    await acknowledged(one, { type: 'accept-request', interaction, request });
  }
  if (relation === 'past' && other !== null) {
    const to = { kind: 'agent', agent: other.id };
    const parcel = { note: '', draft: '', dispositions: [] };
    await acknowledged(one, { type: 'transfer', interaction, to, ...parcel });
  }
  return customer;
}

async function acknowledged({ door, id }: Colleague, command: object): Promise<void> {
  const answer = await door.command(command);
  if (answer.type !== 'ack')
    throw new Error(`${id}: ${JSON.stringify(command)} → ${JSON.stringify(answer)}`);
}
