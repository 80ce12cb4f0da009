import { expect, test } from 'vitest';
import type { AgentId } from '../../../protocol/ids.ts';
import {
  availability,
  type Candidate,
  compareCandidates,
} from '../../../server/routing/candidate.ts';
import { fitness } from '../../../server/routing/steps.ts';

const agent = (name: string, rest: Partial<Candidate> = {}): Candidate => ({
  agent: name as AgentId,
  proficiency: 3,
  load: 1,
  lastAcceptedAt: 1_000,
  ...rest,
});

test.each<[string, boolean, Candidate, Candidate]>([
  ['the least load', false, agent('b', { load: 0 }), agent('a', { load: 1 })],
  [
    'the least load, whoever is better, where the queue doesn’t ask for the best',
    false,
    agent('b', { load: 0, proficiency: 1 }),
    agent('a', { load: 1, proficiency: 5 }),
  ],
  [
    'the best, whatever the load, where the queue asks for the best',
    true,
    agent('b', { load: 3, proficiency: 5 }),
    agent('a', { load: 0, proficiency: 4 }),
  ],
  [
    'among equally good ones the least load',
    true,
    agent('b', { load: 0 }),
    agent('a', { load: 1 }),
  ],
  [
    'with equal load who has waited longest since the last accepted offer',
    false,
    agent('b', { lastAcceptedAt: 999 }),
    agent('a'),
  ],
  ['who never accepted anything', false, agent('b', { lastAcceptedAt: 0 }), agent('a')],
  ['of two alike always the same one', false, agent('a'), agent('b')],
])('ROUTE-3: first comes %s', (_, bestProficiency, first, second) => {
  const compare = compareCandidates(bestProficiency);
  expect([second, first].sort(compare)).toEqual([first, second]);
  expect(compare(second, first)).toBeGreaterThan(0);
});

const needs = (...skills: [string, number][]) => ({
  afterMs: 0,
  skills: skills.map(([skill, minimum]) => ({ skill, minimum })),
});

test.each<[string, ReturnType<typeof needs>, Record<string, number>, number | null]>([
  ['a queue that asks for nothing is served by everybody', needs(), {}, 0],
  ['a skill at its minimum is enough', needs(['orders', 3]), { orders: 3, claims: 1 }, 3],
  ['a skill below its minimum is not', needs(['orders', 3]), { orders: 2 }, null],
  ['a missing skill is not', needs(['orders', 1], ['claims', 1]), { orders: 5 }, null],
  ['a skill that nobody asked a minimum of must be there', needs(['orders', 0]), {}, null],
  ['each skill counts', needs(['orders', 1], ['claims', 2]), { orders: 5, claims: 2 }, 7],
])('OFFER-1: %s', (_, asked, has, expected) => {
  expect(fitness([asked], 0, has)).toBe(expected);
});

const able = {
  signedIn: true,
  reachable: true,
  status: 'ready',
  pending: false,
  doNotDisturb: false,
  onCall: false,
  canShow: true,
  load: 0,
  limit: 4,
  rings: 0,
  ringsAtOnce: 1,
} as const;

test.each<[string, Partial<Parameters<typeof availability>[0]>, ReturnType<typeof availability>]>([
  ['a ready agent with room', {}, 'available'],
  ['one without a desk', { signedIn: false }, 'signed-out'],
  ['one whose desk is silent', { reachable: false }, 'unreachable'],
  ['not ready', { status: 'not-ready' }, 'not-ready'],
  ['RONA', { status: 'rona' }, 'not-ready'],
  ['refused', { status: 'refused' }, 'not-ready'],
  ['in wrap-up', { status: 'wrap-up' }, 'not-ready'],
  ['logged off', { status: 'logged-off' }, 'not-ready'],
  ['soon not ready', { pending: true }, 'not-ready'],
  ['not to be disturbed', { doNotDisturb: true }, 'do-not-disturb'],
  ['on a call', { onCall: true }, 'on-a-call'],
  ['a desk that can’t show', { canShow: false }, 'cannot-show'],
  ['no room', { load: 4 }, 'no-room'],
  ['more than the limit', { load: 5 }, 'no-room'],
  ['no such channel', { limit: 0 }, 'no-room'],
  ['an offer that rings', { load: 1, rings: 1 }, 'ringing'],
  ['one ring where two may be', { load: 1, rings: 1, ringsAtOnce: 2 }, 'available'],
])(
  'STATE-2, STATE-3, OFFER-1, CAP-1, CAP-2: who may be offered something is an allow-list: %s',
  (_, rest, expected) => {
    expect(availability({ ...able, ...rest })).toBe(expected);
  },
);
