import { expect, test } from 'vitest';
import type { Role } from '../../../protocol/members.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { mayAs } from '../../../server/interactions/rights.ts';
import { statusCommand } from '../../channels.ts';
import {
  answer,
  ask,
  asked,
  conference,
  ended,
  granted,
  inC1,
  inside,
  joined,
  left,
  ownerChanged,
  revoked,
  toAgent,
} from '../colleagues.ts';
import {
  agent,
  by,
  byCustomer,
  bySystem,
  chat,
  given,
  givenIn,
  later,
  START,
  type World,
} from '../given.ts';
import {
  markDone,
  on,
  ownerIs,
  post,
  queued,
  ready,
  talking,
  unreachable,
  who,
} from '../stories.ts';

const people = [...ready('bo'), ...ready('cy'), ...ready('di'), ...ready('ed')];
const three = [...people, ...conference, ...inside('di', 3)];
const noWrapUp = { queue: { guestWrapUpMs: 0 } };
const lost = (name: string, world: World): [Command, Actor] => [
  {
    type: 'member-lost',
    interaction: 'c1' as never,
    agent: who(name),
    since: world.agent(name).reach.since,
  },
  bySystem,
];
const hand = (to: string): Command => ({
  type: 'hand-ownership',
  interaction: 'c1' as never,
  to: who(to),
});
const remove = (name: string): Command => ({
  type: 'remove-guest',
  interaction: 'c1' as never,
  agent: who(name),
});

test('HAND-6: a guest who accepts is in it, with an epoch of their own', () => {
  given(people, talking('c1', 'bo'), asked('join', 'cy'))
    .when(answer('accept-request'), by('cy'))
    .thenTells(
      chat('c1', ended('join', 'cy', 'accepted').chat, joined('cy', 2)),
      agent('cy', ended('join', 'cy', 'accepted').agent, granted(2, 'guest')),
    );
});

test('HAND-7: a guest leaves, the conversation goes on, and they have a short wrap-up', () => {
  const until = START + 30_000;
  const world = given(people, conference)
    .when(inC1('leave'), by('cy'))
    .thenTells(
      chat('c1', left('cy', 'left'), { type: 'own-wrap-up-started', agent: who('cy'), until }),
      agent('cy', revoked(2, 'guest', 'left'), {
        type: 'own-wrap-up-started',
        interaction: 'c1' as never,
        channel: 'chat',
        until,
      }),
    );
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'bo' });
  world.when(post('c1'), by('cy')).thenRefused('unknown-interaction');
});

test('HAND-7: the owner removes a guest; the talk goes on', () => {
  givenIn(noWrapUp, people, conference)
    .when(remove('cy'), by('bo'))
    .thenTells(chat('c1', left('cy', 'removed')), agent('cy', revoked(2, 'guest', 'removed')))
    .when(remove('cy'), by('bo'))
    .thenRefused('not-inside');
});

test('HAND-7: the end of a conference sends the guests away, and those invited; the owner goes on', () => {
  const world = givenIn(
    noWrapUp,
    three,
    inside('ed', 4, 'consultant'),
    ready('flo'),
    asked('join', 'flo'),
  )
    .when(inC1('end-conference'), by('bo'))
    .thenTells(
      chat('c1', ended('join', 'flo', 'over').chat, left('cy', 'ended'), left('di', 'ended')),
      agent('flo', ended('join', 'flo', 'over').agent),
      agent('cy', revoked(2, 'guest', 'ended')),
      agent('di', revoked(3, 'guest', 'ended')),
    );
  expect(world.interaction('c1')?.members.map((one) => one.agent)).toEqual(['ed']);
  world.when(inC1('end-conference'), by('bo')).thenNothing();
});

test('HAND-7: ownership is handed to a guest, and the owner goes on as a guest; each reads anew', () => {
  given(people, conference)
    .when(hand('cy'), by('bo'))
    .thenTells(
      chat(
        'c1',
        left('cy', 'role-changed'),
        ownerChanged('cy', 3, 'handed-over', 'guest'),
        joined('bo', 4, 'owner'),
      ),
      agent('bo', revoked(1, 'owner', 'role-changed'), granted(4, 'guest')),
      agent('cy', revoked(2, 'guest', 'role-changed'), granted(3, 'owner')),
    )
    .when(hand('bo'), by('bo'))
    .thenRefused('not-allowed')
    .when(hand('di'), by('cy'))
    .thenRefused('not-inside');
});

test.each<[string, Command, Actor, 'agent' | 'customer']>([
  ['the owner ends it for everyone', on('end', 'c1'), by('bo'), 'agent'],
  ['the customer leaves', on('leave', 'c1'), byCustomer(), 'customer'],
])('HAND-7: %s: everyone goes to wrap-up', (_, command, actor, endedBy) => {
  const until = START + 30_000;
  given(people, conference, asked('join', 'di'))
    .when(command, actor)
    .thenTells(
      chat(
        'c1',
        ended('join', 'di', 'over').chat,
        left('cy', 'ended'),
        { type: 'own-wrap-up-started', agent: who('cy'), until },
        { type: 'ended', by: endedBy, wrapUpUntil: START + 60_000 },
      ),
      agent('di', ended('join', 'di', 'over').agent),
      agent('cy', revoked(2, 'guest', 'ended'), {
        type: 'own-wrap-up-started',
        interaction: 'c1' as never,
        channel: 'chat',
        until,
      }),
      agent('bo', { type: 'wrap-up-started', interaction: 'c1' as never, blocks: false }),
    );
});

test('HAND-7: an own wrap-up outlives the interaction that it is about', () => {
  const world = given(people, conference).when(on('end', 'c1'), by('bo'));
  world.when(markDone('c1', ['answered']), by('bo'));
  expect(world.interaction('c1')?.status.name).toBe('done');
  world.when(
    {
      type: 'own-wrap-up-over',
      interaction: 'c1' as never,
      agent: who('cy'),
      since: world.agent('cy').ownWrapUps.c1!.since,
    },
    bySystem,
  );
  expect(world.agent('cy').ownWrapUps).toEqual({});
});

test('HAND-8: the owner is lost: ownership goes to the guest who has been there longest', () => {
  const world = given(three, unreachable('bo'), later(120_000));
  world
    .when(ownerIs('lost', 'c1', 'bo', world), bySystem)
    .thenTells(
      chat('c1', left('cy', 'role-changed'), ownerChanged('cy', 4, 'owner-lost', 'guest')),
      agent('bo', revoked(1, 'owner', 'owner-lost')),
      agent('cy', revoked(2, 'guest', 'role-changed'), granted(4, 'owner')),
    );
});

test('HAND-8: a guest who was an owner before has been there since they first came', () => {
  const world = given(people, conference, later(1_000), inside('di', 3))
    .when(hand('cy'), by('bo'))
    .tell(unreachable('cy'));
  world.when(ownerIs('lost', 'c1', 'cy', world), bySystem);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'di' });
});

test('HAND-8: a guest who is lost too inherits nothing', () => {
  const world = given(three, unreachable('bo'), unreachable('cy'), later(120_000));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'di' });
});

test('HAND-8, STATE-8: without a guest it goes back to the queue, and whoever else was there goes', () => {
  const world = givenIn(
    noWrapUp,
    people,
    talking('c1', 'bo'),
    inside('cy', 2, 'consultant'),
    asked('join', 'di'),
  )
    .tell(unreachable('bo'))
    .pass(120_000);
  world
    .when(ownerIs('lost', 'c1', 'bo', world), bySystem)
    .thenTells(
      chat(
        'c1',
        ended('join', 'di', 'over').chat,
        left('cy', 'ended', 'consultant'),
        { type: 'owner-lost', agent: who('bo') },
        queued('owner-lost', { preferred: who('bo') }),
      ),
      agent('di', ended('join', 'di', 'over').agent),
      agent('cy', revoked(2, 'consultant', 'ended')),
      agent('bo', revoked(1, 'owner', 'owner-lost')),
    );
});

test('HAND-8: a guest who is lost past the grace time is out, without a wrap-up; one who is back is not', () => {
  const world = given(people, conference, unreachable('cy'), later(120_000));
  const late = lost('cy', world);
  world
    .tell(agent('cy', { type: 'reachable' }))
    .when(...late)
    .thenNothing();
  world
    .tell(unreachable('cy'))
    .when(...lost('cy', world))
    .thenTells(chat('c1', left('cy', 'lost')), agent('cy', revoked(2, 'guest', 'lost')));
});

test('STATE-4, CAP-1: being a guest, and wrapping up as one, is work', () => {
  const world = given(people, conference);
  world.when(statusCommand('not-ready', 'lunch'), by('cy'));
  expect(world.agent('cy')).toMatchObject({
    channels: { chat: { pending: { reason: 'lunch' } } },
  });
  world.when(inC1('leave'), by('cy'));
  expect(world.agent('cy').channels.chat.status).toBe('ready');
  world.when({ type: 'finish-own-wrap-up', interaction: 'c1' as never, note: '' }, by('cy'));
  expect(world.agent('cy').channels.chat).toMatchObject({ status: 'not-ready', reason: 'lunch' });
});

/** HAND-7 as a table: each role asks for everything. */
const tries: Readonly<Record<string, Command>> = {
  write: post('c1'),
  note: { type: 'add-note', interaction: 'c1' as never, text: 'angry' },
  invite: ask('ed'),
  'cancel-invitation': answer('cancel-request'),
  'remove-guest': remove('di'),
  'end-conference': inC1('end-conference'),
  transfer: toAgent('ed'),
  'hand-ownership': hand('di'),
  end: on('end', 'c1'),
  disposition: markDone('c1', ['answered']),
  leave: inC1('leave'),
};
const roles: readonly (readonly [string, Role])[] = [
  ['bo', 'owner'],
  ['di', 'guest'],
  ['cy', 'consultant'],
  ['sue', 'monitor'],
];

test.each(roles.flatMap(([name, role]) => Object.keys(tries).map((act) => ({ name, role, act }))))(
  'HAND-7: may the $role $act? As the one table says',
  ({ name, role, act }) => {
    const world = given(
      people,
      ready('sue'),
      ready('flo'),
      talking('c1', 'bo'),
      inside('cy', 2, 'consultant'),
      inside('di', 3),
      inside('sue', 4, 'monitor'),
      asked('join', 'flo'),
    );
    const decision = world.ask(tries[act]!, by(name));
    const refusal = decision.type === 'refused' ? decision.refusal : null;
    if (mayAs(role, act as never)) expect(refusal).not.toBe('not-allowed');
    else expect(refusal).toBe('not-allowed');
  },
);
