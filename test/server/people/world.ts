import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ephemeral } from '../../../server/bus/contract.ts';
import { type Centre, createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import type { AttemptLimits } from '../../../server/people/attempts.ts';
import { createPeople, type People } from '../../../server/people/people.ts';
import type { Store } from '../../../server/store/contract.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';

export const twoAgents = `
name: Small
agents:
  - { id: ana, name: Ana, email: ana@small.example }
  - { id: bo, name: Bo, email: bo@small.example }
queues: [{ id: billing, name: Billing }]
`;

export type PeopleWorld = {
  readonly people: People;
  readonly store: Store;
  readonly centre: Centre;
  readonly told: Ephemeral[];
  readonly advance: (ms: number) => void;
  /** The same database, asked by a server that starts now. */
  readonly restart: (file?: string) => Promise<People>;
};

/** The real people on a real database in a folder of their own, with a clock that is held. */
export async function peopleWorld(
  limits?: AttemptLimits,
  cleanUp: (job: () => Promise<void>) => void = onTestFinished,
): Promise<PeopleWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-people-'));
  const store = await openSqlite({ file: join(folder, 'deskside.sqlite') });
  cleanUp(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const told: Ephemeral[] = [];
  let now = Date.UTC(2026, 0, 1);
  const start = (file: string) =>
    createPeople({
      store,
      bus: { tell: (ephemeral) => void told.push(ephemeral) },
      clock: { now: () => now },
      centre: createCentre(parseCentre(file, 'centre.yaml')),
      ...(limits === undefined ? {} : { limits }),
    });
  return {
    people: await start(twoAgents),
    store,
    centre: createCentre(parseCentre(twoAgents, 'centre.yaml')),
    told,
    advance: (ms) => {
      now += ms;
    },
    restart: (file = twoAgents) => start(file),
  };
}

export const password = 'correct horse battery';

/** An agent who has set a password by invitation. */
export async function withPassword(people: People, agent = 'ana'): Promise<void> {
  const token = await people.invite(agent as never);
  if ((await people.setPassword(token, password)) !== 'set')
    throw new Error('No password was set.');
}

export async function signedIn(people: People, email = 'ana@small.example', address = '192.0.2.1') {
  const answer = await people.signIn(email, password, address);
  if (answer.type !== 'signed-in') throw new Error(`Not signed in: ${answer.type}`);
  return answer;
}
