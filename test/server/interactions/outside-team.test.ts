import { expect, test } from 'vitest';
import type { SkillId, TeamId } from '../../../protocol/ids.ts';
import type { TransferTarget } from '../../../protocol/interaction-events.ts';
import type { AgentPolicy } from '../../../server/agents/policy.ts';
import { answer, ask, asked, inside, transferTo } from '../colleagues.ts';
import { by, givenIn, type Settings } from '../given.ts';
import { queue, ready, talking, who } from '../stories.ts';

/**
 * STATE-12: who may not transfer outside their team. Bo and cy are of the night shift, di and bo
 * of billing too, ed of sales, flo of none.
 */
const teams: Readonly<Record<string, readonly string[]>> = {
  bo: ['night', 'billing'],
  cy: ['night'],
  di: ['billing', 'sales'],
  ed: ['sales'],
};
const centre = (abilities: AgentPolicy['abilities'], rest: Settings = {}): Settings => ({
  ...rest,
  agentOf: (id) => ({ teams: teams[id] ?? [], abilities }),
});
const held = centre(['pick', 'call', 'co-browse']);
const history = [
  ...['bo', 'cy', 'di', 'ed', 'flo'].flatMap((name) => ready(name)),
  ...talking('c1', 'bo'),
];
const team = (id: string): TransferTarget => ({ kind: 'team', team: id as TeamId });
const to = (name: string): TransferTarget => ({ kind: 'agent', agent: who(name) });
const skill: TransferTarget = { kind: 'skill', skill: 'french' as SkillId };
const orders: TransferTarget = { kind: 'queue', queue };

test.each([
  ['a colleague of a team', to('cy'), true],
  ['a colleague of another of their teams', to('di'), true],
  ['one of their teams', team('billing'), true],
  ['a colleague of another team', to('ed'), false],
  ['a colleague of no team', to('flo'), false],
  ['another team', team('sales'), false],
  ['a queue, which anybody may serve', orders, false],
  ['a skill, which anybody may have', skill, false],
] as const)('STATE-12: without transfer-outside-team, to %s: %o %s', (_, target, allowed) => {
  for (const style of ['on-acceptance', 'immediate'] as const) {
    const world = givenIn({ ...held, queue: { transfer: style } }, history);
    world.when(transferTo(target), by('bo'));
    if (allowed) world.thenTellsSomething();
    else world.thenRefused('outside-team');
  }
  givenIn({ ...centre(['transfer-outside-team']), isTarget: () => true }, history)
    .when(transferTo(target), by('bo'))
    .thenTellsSomething();
});

test('STATE-12: asking somebody from outside for advice, or to join, is no transfer', () => {
  givenIn(held, history).when(ask('ed', 'consult'), by('bo')).thenTellsSomething();
  givenIn(held, history).when(ask('ed', 'join'), by('bo')).thenTellsSomething();
});

test('STATE-12, HAND-5: what a consult becomes in one step is a transfer', () => {
  const consulted = (name: string) => [...history, ...inside(name, 2, 'consultant')];
  givenIn(held, consulted('ed'))
    .when(transferTo(to('ed')), by('bo'))
    .thenRefused('outside-team');
  givenIn(held, consulted('cy'))
    .when(transferTo(to('cy')), by('bo'))
    .thenTellsSomething();
});

test('STATE-12, HAND-7: so is handing it to a guest', () => {
  const hand = (name: string) =>
    ({ type: 'hand-ownership', interaction: 'c1' as never, to: who(name) }) as const;
  const guest = (name: string) => [...history, ...inside(name, 2)];
  givenIn(held, guest('ed')).when(hand('ed'), by('bo')).thenRefused('outside-team');
  givenIn(held, guest('cy')).when(hand('cy'), by('bo')).thenTellsSomething();
  givenIn(centre(['transfer-outside-team']), guest('ed'))
    .when(hand('ed'), by('bo'))
    .thenTellsSomething();
});

test('STATE-12: it is asked when the transfer is begun; who was asked by then may still say yes', () => {
  givenIn(held, history, asked('transfer', 'ed'))
    .when(answer('accept-request'), by('ed'))
    .thenTellsSomething();
});

test('STATE-12: an unknown colleague is unknown, and not of another team', () => {
  givenIn(held, history)
    .when(transferTo(to('nobody')), by('bo'))
    .thenRefused('unknown-agent');
});

test('STATE-12, HAND-8: what the system hands on when an owner is lost is nobody’s transfer', () => {
  const world = givenIn(held, history, inside('ed', 2));
  world.when({ type: 'agent-silent', agent: who('bo') }, { kind: 'system' });
  world.when(
    {
      type: 'owner-lost',
      interaction: 'c1' as never,
      agent: who('bo'),
      since: world.agent('bo').reach.since,
    },
    { kind: 'system' },
  );
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'ed' });
});
