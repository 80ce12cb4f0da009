import { expect, test } from 'vitest';
import { chatsOnly } from '../channels.ts';
import { disagreements } from './disagreements.ts';
import { agent, chat, given, type Told } from './given.ts';
import {
  accepted,
  pendingSet,
  ready,
  ringing,
  shown,
  status,
  talking,
  unreachable,
  waiting,
  wrapping,
} from './stories.ts';

const ring = ringing('c1', 'bo');
const [heldByBo] = accepted('c1', 'bo').slice(1) as [Told];
const [accept] = accepted('c1', 'bo') as [Told, Told];

test.each<[string, readonly Told[]]>([
  ['an agent’s half of an accept that went missing', [...ring, accept]],
  ['an interaction’s half of an accept that went missing', [...ring, heldByBo]],
  ['two holders', [...talking('c1', 'bo'), ringing('c1', 'cy')[2]!]],
  [
    'a ring after the customer has left',
    [...ring, chat('c1', { type: 'abandoned', by: 'customer' })],
  ],
  ['another time to answer here than there', [...ring, shown('c1', 'bo')[0]!]],
  ['an epoch that was not granted', [...ring, ...accepted('c1', 'bo', 2).slice(0, 1), heldByBo]],
  ['one interaction too many', ['c1', 'c2', 'c3'].flatMap((one) => talking(one, 'bo'))],
  ['two rings', ['c1', 'c2'].flatMap((one) => ringing(one, 'bo'))],
  ['a ring at a silent desk', [...ring, unreachable('bo')]],
  ['a ring while not ready', [...ring, agent('bo', status('ready', 'not-ready', null, 'agent'))]],
  ['a ring while pending', [...talking('c2', 'bo'), ...ring, agent('bo', pendingSet(null))]],
  ['pending without work', [...waiting('c1'), agent('bo', pendingSet(null))]],
  ['signed out with work', [...wrapping('c1', 'bo'), agent('bo', { type: 'signed-out' })]],
])('what does not agree is noticed: %s', (_, history) => {
  const world = given(ready('bo'), ready('cy'), history);
  const found = disagreements({
    interactions: ['c1', 'c2', 'c3'].flatMap((one) => world.interaction(one) ?? []),
    agents: [world.agent('bo'), world.agent('cy')],
    limits: { limits: chatsOnly(2), ringsAtOnce: 1 },
  });
  expect(found).not.toEqual([]);
});
