import { expect, test } from 'vitest';
import type { Command } from '../../../server/interactions/command.ts';
import { agent, by, chat, given, givenIn, later } from '../given.ts';
import {
  abandoned,
  id,
  markDone,
  on,
  post,
  ready,
  ringing,
  signedIn,
  talking,
  unreachable,
  waiting,
} from '../stories.ts';

const pick = (interaction: string): Command => ({ type: 'pick', interaction: id(interaction) });

test('ROUTE-9: what waits is taken without an offer, also by somebody who is not ready', () => {
  given(signedIn('bo'), waiting('c1'))
    .when(pick('c1'), by('bo'))
    .thenTells(
      chat('c1', { type: 'accepted', offer: null, agent: 'bo' as never, name: 'bo', epoch: 1 }),
      agent('bo', {
        type: 'granted',
        interaction: id('c1'),
        epoch: 1,
        role: 'owner',
        channel: 'chat',
      }),
    );
});

test('ROUTE-9: it is theirs: they write in it, end it and mark it done', () => {
  const world = given(signedIn('bo'), waiting('c1')).when(pick('c1'), by('bo'));
  world.when(post('c1'), by('bo'));
  world.when(on('end', 'c1'), by('bo'));
  world.when(markDone('c1'), by('bo'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'done', owner: 'bo' });
  expect(world.agent('bo').assignments).toEqual({});
});

test('ROUTE-9: of two who pick it one wins, the other hears “taken”; the same twice is the same', () => {
  const world = given(signedIn('bo'), signedIn('cy'), waiting('c1')).when(pick('c1'), by('bo'));
  world.when(pick('c1'), by('cy')).thenRefused('taken');
  world.when(pick('c1'), by('bo')).thenNothing();
});

test('ROUTE-9: what rings elsewhere or is over does not wait', () => {
  given(ready('bo'), signedIn('cy'), ringing('c1', 'bo'))
    .when(pick('c1'), by('cy'))
    .thenRefused('not-waiting');
  given(signedIn('cy'), abandoned('c1')).when(pick('c1'), by('cy')).thenRefused('not-waiting');
});

test('ROUTE-9: the queue and the agent’s abilities may forbid it', () => {
  givenIn({ queue: { pick: false } }, signedIn('bo'), waiting('c1'))
    .when(pick('c1'), by('bo'))
    .thenRefused('not-allowed');
  givenIn({ agent: { abilities: [] } }, signedIn('bo'), waiting('c1'))
    .when(pick('c1'), by('bo'))
    .thenRefused('not-allowed');
});

test('ROUTE-9: not by somebody who is away', () => {
  given(signedIn('bo'), unreachable('bo'), waiting('c1'), later(1))
    .when(pick('c1'), by('bo'))
    .thenRefused('not-routable');
});

test('CAP-3: a pick may exceed the limit, never 12 chats', () => {
  const held = (n: number) => Array.from({ length: n }, (_, at) => talking(`h${at}`, 'bo')).flat();
  given(signedIn('bo'), held(11), waiting('c1'))
    .when(pick('c1'), by('bo'))
    .thenTells(expect.anything(), expect.anything());
  given(signedIn('bo'), held(12), waiting('c1')).when(pick('c1'), by('bo')).thenRefused('no-room');
});
