import { expect, test } from 'vitest';
import { chatsOnly } from '../../channels.ts';
import { Spine } from '../spine.ts';

/** Skills are looked up in here each time: a test changes them as a new file would. */
const skills = (): Record<string, Record<string, number>> => ({ ana: {}, bo: { claims: 2 } });
const needs = { steps: [{ afterMs: 0, skills: [{ skill: 'claims', minimum: 2 }] }] };

test('a new set-up: who has learned the skill is offered what waits, who has lost it gets no more', async () => {
  const known = skills();
  const world = await new Spine({ needs, skills: known }).route();
  await world.ready('ana');
  const first = await world.comes('carla');
  expect(await world.status(first)).toBe('queued');

  known.ana = { claims: 3 };
  world.router.setUpChanged();
  await world.clock.settle();
  expect(await world.status(first)).toBe('offered to ana');
  await world.answer('accept', 'ana', first);

  known.ana = {};
  world.router.setUpChanged();
  await world.clock.settle();
  const second = await world.comes('dora');
  expect(await world.status(second)).toBe('queued');
  // What is under way goes on.
  expect(await world.status(first)).toBe('active with ana');

  await world.ready('bo');
  expect(await world.status(second)).toBe('offered to bo');
});

test('ROUTE-1: what waited before a new set-up keeps its place', async () => {
  const known = skills();
  const world = await new Spine({ needs, skills: known }).route();
  await world.ready('ana');
  const ids = [await world.comes('one'), await world.comes('two'), await world.comes('three')];
  known.ana = { claims: 2 };
  world.router.setUpChanged();
  world.router.setUpChanged();
  await world.clock.settle();
  for (const id of ids) {
    expect(await world.status(id)).toBe('offered to ana');
    await world.answer('accept', 'ana', id);
  }
});

test('a large centre is placed anew some at a time, and nobody is left out', async () => {
  const known: Record<string, Record<string, number>> = {};
  const world = await new Spine({ needs, skills: known, agent: { limits: chatsOnly(1) } }).route();
  const names = Array.from({ length: 600 }, (_, n) => `agent-${n}`);
  for (const name of names) await world.ready(name);
  const waiting: string[] = [];
  for (let n = 0; n < 600; n++) waiting.push(await world.comes(`customer-${n}`));
  for (const name of names) known[name] = { claims: 2 };
  world.router.setUpChanged();
  await world.clock.settle();
  const statuses = await Promise.all(waiting.map((id) => world.status(id)));
  expect(statuses.filter((status) => !status.startsWith('offered'))).toEqual([]);
});
