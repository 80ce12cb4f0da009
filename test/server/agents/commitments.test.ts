import { expect, test } from 'vitest';
import type { CommitmentId } from '../../../protocol/ids.ts';
import type { Command } from '../../../server/interactions/command.ts';
import { agent, by, byCustomer, bySystem, given, later, START, saying } from '../given.ts';
import { done, id, ready, who } from '../stories.ts';

const promise = (name = 'k1') => name as CommitmentId;
const HOUR = 3_600_000;
const made = {
  type: 'commitment-made',
  commitment: promise(),
  about: id('c1'),
  due: START + HOUR,
  channel: 'voice',
} as const;
const make = (name = 'k1'): Command => ({
  ...made,
  type: 'make-commitment',
  commitment: promise(name),
  note: 'Tell her when it left.',
  contact: '+55 11',
});
const due: Command = { type: 'commitment-due', agent: who('bo'), commitment: promise() };
const end = (name = 'k1'): Command => ({
  type: 'end-commitment',
  commitment: promise(name),
  outcome: 'kept',
});
const words = { note: 'Tell her when it left.', contact: '+55 11' };
const promised = [...ready('bo'), agent('bo', saying(made, words))];

test('END-8: a promise is when, on which channel, and a note; told twice it is made once', () => {
  const world = given(ready('bo'));
  world.when(make(), by('bo')).thenTells(agent('bo', saying(made, words)));
  world.when(make(), by('bo')).thenNothing();
});

test('END-8: it outlives the interaction that it came from, and being signed out', () => {
  const world = given(promised, done('c1', 'bo')).when({ type: 'sign-out' }, by('bo'));
  expect(Object.keys(world.agent('bo').commitments)).toEqual(['k1']);
});

test('END-8: when its time has come the agent is reminded, once', () => {
  const world = given(promised, later(HOUR));
  world
    .when(due, bySystem)
    .thenTells(agent('bo', { type: 'commitment-due', commitment: promise() }));
  world.when(due, bySystem).thenNothing();
});

test('END-8: kept or dropped it ends, and its words leave the disk', () => {
  const world = given(promised);
  world
    .when(end(), by('bo'))
    .thenTells(agent('bo', { type: 'commitment-ended', commitment: promise(), outcome: 'kept' }))
    .thenBlanks('bo', 5);
  world.when(due, bySystem).thenNothing();
  world.when(end(), by('bo')).thenRefused('unknown-commitment');
});

test('END-8, TRUST-5: an agent has at most fifty open ones', () => {
  const world = given(ready('bo'));
  for (let n = 0; n < 50; n++) world.when(make(`k${n}`), by('bo'));
  world.when(make('k50'), by('bo')).thenRefused('too-many-commitments');
  world.when(end('k7'), by('bo')).when(make('k50'), by('bo'));
  expect(Object.keys(world.agent('bo').commitments)).toHaveLength(50);
});

test.each(['constructor', 'toString', '__proto__'])(
  'END-8: a promise may be called %s; before it is made there is none',
  (name) => {
    const world = given(ready('bo'));
    world.when(end(name), by('bo')).thenRefused('unknown-commitment');
    world.when({ ...due, commitment: promise(name) } as Command, bySystem).thenNothing();
    world.when(make(name), by('bo')).when(end(name), by('bo')).thenBlanks('bo', 5);
    world.when(end(name), by('bo')).thenRefused('unknown-commitment');
  },
);

test('TRUST-4: nobody ends another’s promise', () => {
  given(promised).when(end(), by('cy')).thenRefused('unknown-commitment');
  given(promised).when(end(), byCustomer()).thenRefused('not-allowed');
});

test('END-8: a name that every object knows is no promise', () => {
  for (const name of ['constructor', '__proto__'])
    given(promised).when(end(name), by('bo')).thenRefused('unknown-commitment');
});
