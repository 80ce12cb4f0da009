import { expect, test } from 'vitest';
import type { MemberRole } from '../../../protocol/members.ts';
import type { Actor, Command } from '../../../server/interactions/command.ts';
import { agent, by, chat, given, START, saying, type Told } from '../given.ts';
import {
  id,
  on,
  ready,
  signedIn,
  talking,
  unreachable,
  waiting,
  who,
  wrapping,
} from '../stories.ts';

/** HAND-7: sue is a supervisor, bo talks with the customer. */
const talk = (...more: (Told | readonly Told[])[]) =>
  given(ready('bo'), signedIn('sue'), signedIn('cy'), talking('c1', 'bo'), ...more);
const sue: Actor = { ...by('sue'), role: 'supervisor' } as Actor;

const does = (type: 'monitor' | 'barge-in' | 'take-over'): Command => ({
  type,
  interaction: id('c1'),
});
const aside = (text: string, colleague = 'sue'): Command => ({
  type: 'post-side',
  interaction: id('c1'),
  with: who(colleague),
  text,
});
const joined = (name: string, role: MemberRole, epoch: number, was: MemberRole | null = null) =>
  ({ type: 'joined', agent: who(name), name, role, was, epoch }) as const;
const granted = (epoch: number, role: MemberRole | 'owner') =>
  ({ type: 'granted', interaction: id('c1'), epoch, role, channel: 'chat' }) as const;
const revoked = (
  epoch: number,
  role: MemberRole | 'owner',
  reason: 'role-changed' | 'taken-over',
) => ({ type: 'revoked', interaction: id('c1'), epoch, role, reason }) as const;
const monitors = chat('c1', joined('sue', 'monitor', 2));
const listening = [monitors, agent('sue', granted(2, 'monitor'))];
const wasMonitor = {
  type: 'left',
  agent: who('sue'),
  name: 'sue',
  role: 'monitor',
  reason: 'role-changed',
} as const;
const takenOver = (epoch: number, was: 'monitor' | 'guest' | null = null) =>
  ({
    type: 'owner-changed',
    from: who('bo'),
    to: who('sue'),
    name: 'sue',
    epoch,
    reason: 'taken-over',
    was,
  }) as const;
const twelve = (name: string) =>
  Array.from({ length: 12 }, (_, n) =>
    agent(name, {
      type: 'granted',
      interaction: id(`other-${n}`),
      epoch: 1,
      role: 'owner',
      channel: 'chat',
    }),
  );

test('HAND-7: a supervisor monitors, which is no load', () => {
  const world = talk()
    .when(does('monitor'), sue)
    .thenTells(...listening);
  expect(world.agent('sue').assignments.c1).toMatchObject({ role: 'monitor' });
  expect(
    talk(twelve('sue'))
      .when(does('monitor'), sue)
      .thenTells(...listening),
  ).toBeDefined();
});

test('HAND-7: who monitors whispers to the owner, and the owner answers', () => {
  const said = (author: string, text: string) =>
    chat(
      'c1',
      saying(
        {
          type: 'side-message-posted',
          author: { agent: who(author), name: author },
          owner: who('bo'),
          with: who('sue'),
        },
        { text },
      ),
    );
  talk(listening)
    .when(aside('Offer her a voucher.'), sue)
    .thenTells(said('sue', 'Offer her a voucher.'))
    .when(aside('How much?'), by('bo'))
    .thenTells(said('bo', 'How much?'));
});

test('HAND-7: a supervisor who only listens writes nothing to anybody else', () => {
  talk(listening)
    .when({ type: 'post', interaction: id('c1'), text: 'Hello' }, sue)
    .thenRefused('not-allowed')
    .when({ type: 'add-note', interaction: id('c1'), text: 'Hm' }, sue)
    .thenRefused('not-allowed');
});

test('HAND-7: a supervisor barges in from outside, or having listened', () => {
  talk()
    .when(does('barge-in'), sue)
    .thenTells(chat('c1', joined('sue', 'guest', 2)), agent('sue', granted(2, 'guest')));
  talk(listening)
    .when(does('barge-in'), sue)
    .thenTells(
      chat('c1', wasMonitor, joined('sue', 'guest', 3, 'monitor')),
      agent('sue', revoked(2, 'monitor', 'role-changed'), granted(3, 'guest')),
    )
    .when(does('barge-in'), sue)
    .thenRefused('already-inside')
    .when(does('monitor'), sue)
    .thenRefused('already-inside');
});

test('HAND-7: a supervisor takes over: one owner before, one after, and the first one’s part is over', () => {
  const world = talk(listening)
    .when(does('take-over'), sue)
    .thenTells(
      chat('c1', wasMonitor, takenOver(3, 'monitor')),
      agent('bo', revoked(1, 'owner', 'taken-over')),
      agent('sue', revoked(2, 'monitor', 'role-changed'), granted(3, 'owner')),
    );
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'sue' });
  world.when(does('take-over'), sue).thenRefused('already-inside');
  world.when(on('end', 'c1'), by('bo')).thenRefused('unknown-interaction');
});

test('HAND-7: a supervisor takes over from an agent who is lost', () => {
  talk(unreachable('bo'))
    .when(does('take-over'), sue)
    .thenTells(
      chat('c1', takenOver(2)),
      agent('bo', revoked(1, 'owner', 'taken-over')),
      agent('sue', granted(2, 'owner')),
    );
});

test('HAND-7: a supervisor ends it; the owner wraps up', () => {
  const ended = chat('c1', { type: 'ended', by: 'agent', wrapUpUntil: START + 60_000 });
  const wrapUp = agent('bo', { type: 'wrap-up-started', interaction: id('c1'), blocks: false });
  const world = talk().when(on('end', 'c1'), sue).thenTells(ended, wrapUp);
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'wrapping', owner: 'bo' });
  world.when(on('end', 'c1'), sue).thenNothing();
});

test('HAND-7: what is not being talked in cannot be listened to, joined or taken', () => {
  for (const type of ['monitor', 'barge-in', 'take-over'] as const) {
    given(signedIn('sue'), waiting('c1')).when(does(type), sue).thenRefused('not-active');
    given(ready('bo'), signedIn('sue'), wrapping('c1', 'bo'))
      .when(does(type), sue)
      .thenRefused('not-active');
  }
});

test('HAND-7: who is no supervisor may do none of it', () => {
  for (const type of ['monitor', 'barge-in', 'take-over'] as const) {
    talk().when(does(type), by('cy')).thenRefused('unknown-interaction');
    talk().when(does(type), by('bo')).thenRefused('not-allowed');
  }
  talk().when(on('end', 'c1'), by('cy')).thenRefused('unknown-interaction');
});

test('CAP-3: nobody barges in, takes over or is drawn in from listening beyond twelve chats', () => {
  talk(twelve('sue')).when(does('barge-in'), sue).thenRefused('no-room');
  talk(twelve('sue')).when(does('take-over'), sue).thenRefused('no-room');
  const world = talk(listening, twelve('sue'));
  world.when(does('take-over'), sue).thenRefused('no-room');
  world.when(
    { type: 'request', interaction: id('c1'), kind: 'join', to: who('sue'), note: '' },
    by('bo'),
  );
  const request = world.interaction('c1')!.requests[0]!.request;
  world
    .when({ type: 'accept-request', interaction: id('c1'), request }, sue)
    .thenRefused('no-room');
});

test('HAND-7: what was asked of a supervisor who comes by themself is over', () => {
  const world = talk();
  world.when(
    { type: 'request', interaction: id('c1'), kind: 'join', to: who('sue'), note: '' },
    by('bo'),
  );
  world.when(does('barge-in'), sue);
  expect(world.interaction('c1')?.requests).toEqual([]);
  expect(world.agent('sue').requests).toEqual({});
  expect(Object.keys(world.agent('sue').assignments)).toEqual(['c1']);
});

test('HAND-7: six are in it at most, but an owner may always be replaced', () => {
  const guests = ['g1', 'g2', 'g3', 'g4', 'g5'].flatMap((name, n) => [
    chat('c1', joined(name, 'guest', n + 2)),
    agent(name, granted(n + 2, 'guest')),
  ]);
  talk(guests).when(does('monitor'), sue).thenRefused('conference-full');
  talk(guests).when(does('barge-in'), sue).thenRefused('conference-full');
  talk(guests)
    .when(does('take-over'), sue)
    .thenTells(
      chat('c1', takenOver(7)),
      agent('bo', revoked(1, 'owner', 'taken-over')),
      agent('sue', granted(7, 'owner')),
    );
});

test('HAND-7: who has just signed out comes into nothing any more', () => {
  for (const type of ['monitor', 'barge-in', 'take-over'] as const)
    given(ready('bo'), talking('c1', 'bo')).when(does(type), sue).thenRefused('not-signed-in');
});
