import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentCommands, customerCommands } from '../../../protocol/examples/commands.ts';
import type { Action } from '../../../server/access.ts';
import type { Door } from '../main/door.ts';
import { expected, type Letter } from './expected.ts';
import { frameOf } from './frames.ts';
import {
  type Colleague,
  type Customer,
  type House,
  openHouse,
  type Relation,
  type Role,
  relations,
  roles,
  stand,
} from './house.ts';

/** TRUST-4 over real doors: role × action × how they stand to it, each asked of a running server. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const letters: Readonly<Record<string, Letter>> = {
  'not-allowed': 'n',
  'unknown-interaction': 'h',
  'not-in-wrap-up': 'w',
  'request-over': 'r',
  'bad-frame': 'x',
};
const actions = Object.keys(expected) as Action[];
const standing = Object.keys(relations) as Relation[];
/** What is asked over HTTP; all but `read` have no door on a socket. */
const overHttp = {
  read: ({ interaction }) => [`/api/interactions/${interaction}/transcript.txt`],
  history: ({ interaction }) => [`/api/history/${interaction}`],
  search: () => ['/api/search', {}],
  'read-audit': () => ['/api/audit'],
  export: () => ['/api/export/ledger.csv?from=2020-01-01&to=2020-01-02'],
} satisfies Partial<Record<Action, (customer: Customer) => readonly [path: string, body?: object]>>;
const httpActions = Object.keys(overHttp) as (keyof typeof overHttp)[];
const httpOnly: readonly Action[] = ['history', 'search', 'read-audit', 'export', 'end-sessions'];
/** It ends the connection, where nothing is in hand: tried last. */
const overSockets = actions
  .filter((action) => !httpOnly.includes(action) && action !== 'sign-out')
  .concat('sign-out');

type Heard = Readonly<Record<string, unknown>>;

/** Sends it; says what was heard of it: the name of a no, or `taken`. */
async function tried(
  door: Door,
  side: 'agent' | 'customer',
  action: Action,
  { interaction, door: other }: Customer,
  colleague: string,
): Promise<string> {
  const { frame, answered } = frameOf(action, side, interaction, colleague);
  const before = framesOf(door);
  const heard = door.hears((one: Heard) => {
    if (before.has(one)) return undefined;
    const isMine = frame.id === undefined ? one.id === null : one.id === frame.id;
    if (one.type === 'refused' && isMine)
      return one.refusal === answered ? 'taken' : String(one.refusal);
    if (one.type === answered || (frame.id !== undefined && isMine)) return 'taken';
    return undefined;
  });
  door.send(frame);
  if (action !== 'typing') return heard;
  heard.catch(() => {});
  const seen = other.hears((one) => (one.type === 'typing' ? 'taken' : undefined));
  seen.catch(() => {});
  return Promise.race([heard, seen]);
}

/** What it has heard so far. */
function framesOf(door: Door): ReadonlySet<Heard> {
  const frames = new Set<Heard>();
  let isNow = true;
  door.hears((one) => void (isNow && frames.add(one))).catch(() => {});
  isNow = false;
  return frames;
}

/** What a refusal means here: by its letter where the rules have one, else the door was open. */
function letterOf(answer: string, wanted: Letter): Letter {
  const letter = letters[answer] ?? 'y';
  // These two are also said of a word that was let in, of a request or a wrap-up that is over.
  return wanted === 'y' && (letter === 'r' || letter === 'w') ? 'y' : letter;
}

describe.each(roles)('TRUST-4: over a socket, as %s', (role) => {
  test.each(standing)('TRUST-4: what may be done by who is: %s', { timeout: 120_000 }, (relation) =>
    everyAction(role, relation),
  );
});

async function everyAction(role: Role, relation: Relation): Promise<void> {
  house.forgetColleagues();
  const column = standing.indexOf(relation);
  const answers: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  let stage: { one: Colleague; customer: Customer } | null = null;
  for (const action of overSockets) {
    const letter = expected[action][role][column] as Letter;
    if (stage === null || action === 'sign-out') {
      const one = await house.colleague(role);
      stage = { one, customer: await stand(house, relation, one) };
    }
    const { one, customer } = stage;
    const answer = await tried(one.door, 'agent', action, customer, 'agent-0');
    answers[action] = letterOf(answer, letter);
    wanted[action] = letter;
    // What was taken has changed how they stand to it.
    if (answer === 'taken') stage = null;
  }
  expect(answers).toEqual(wanted);
}

test.each([
  ['their own', 0],
  ['another’s', 1],
] as const)(
  'TRUST-4: over a socket a customer may do what is theirs, with %s',
  async (_, column) => {
    house.forgetColleagues();
    const answers: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const action of overSockets) {
      const owner = await house.colleague('agent');
      const customer = await stand(house, 'own', owner);
      const stranger = column === 0 ? customer : await house.waiting();
      const letter = expected[action].customer[column] as Letter;
      const hearer = { ...customer, door: owner.door };
      answers[action] = letterOf(
        await tried(stranger.door, 'customer', action, hearer, owner.id),
        letter,
      );
      wanted[action] = letter;
    }
    expect(answers).toEqual(wanted);
  },
);

describe.each(roles)('TRUST-4: over HTTP, as %s', (role) => {
  test.each(standing)('TRUST-4: what is answered to who is: %s', async (relation) => {
    house.forgetColleagues();
    const one = await house.colleague(role);
    const customer = await stand(house, relation, one);
    const ask = async (action: keyof typeof overHttp, token: string | null) => {
      const [path, body]: readonly [string, object?] = overHttp[action](customer);
      const { status } = await fetch(`${house.url}${path}`, {
        headers: {
          'Content-Type': 'application/json',
          ...(token !== null && { Authorization: `Bearer ${token}` }),
        },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      return { 200: 'y', 403: 'n', 404: 'h', 401: 'nobody' }[status] ?? status;
    };
    for (const action of httpActions) {
      const wanted = expected[action][role][standing.indexOf(relation)];
      expect(await ask(action, one.token), action).toBe(wanted);
      expect(await ask(action, null), action).toBe('nobody');
      expect(await ask(action, 'not-a-token'), action).toBe('nobody');
    }
  });
});

test('TRUST-4: every word that a door knows has a row that is tried', () => {
  const words = [...Object.keys(agentCommands), ...Object.keys(customerCommands)];
  expect(words.filter((word) => !actions.includes(word as Action))).toEqual([]);
  for (const { customer, agent, supervisor, admin } of Object.values(expected))
    expect([customer, agent, supervisor, admin].map((one) => one.length)).toEqual([2, 5, 5, 5]);
});
