import { expect, test } from 'vitest';
import { fitness } from '../../../server/routing/steps.ts';
import { Spine, type SpineSettings } from '../spine.ts';

const french = { skill: 'french', minimum: 3 };
const steps = [
  { afterMs: 0, skills: [french] },
  { afterMs: 30_000, skills: [{ ...french, minimum: 1 }] },
  { afterMs: 60_000, skills: [] },
];

const spine = (settings: SpineSettings = {}): Promise<Spine> =>
  new Spine({
    needs: { steps },
    skills: { bo: { french: 5 }, cy: { french: 1 }, di: {} },
    ...settings,
  }).route();

/** The step that the newest offer of this agent names. */
async function stepOf(world: Spine, name: string): Promise<number | null> {
  const ring = Object.values((await world.agent(name)).assignments)[0];
  return ring?.phase === 'offered' ? ring.facts.why.step : null;
}

test('ROUTE-2: steps widen with age', async () => {
  const world = await spine();
  await world.ready('cy', 'di');
  const id = await world.comes('ana');
  await world.advance(29_999);
  expect(await world.status(id)).toBe('queued');
  await world.advance(1);
  expect(await world.status(id)).toBe('offered to cy');
  expect(await stepOf(world, 'cy')).toBe(1);
});

test('ROUTE-2: the last step takes whoever is there', async () => {
  const world = await spine();
  await world.ready('di');
  const id = await world.comes('ana');
  await world.advance(59_999);
  expect(await world.status(id)).toBe('queued');
  await world.advance(1);
  expect(await world.status(id)).toBe('offered to di');
  expect(await stepOf(world, 'di')).toBe(2);
});

test('ROUTE-2: a later step widens, it does not shut out who was good enough before', async () => {
  const other = [
    { afterMs: 0, skills: [french] },
    { afterMs: 10_000, skills: [{ skill: 'german', minimum: 1 }] },
  ];
  const world = await spine({
    needs: { steps: other },
    skills: { bo: { french: 5 }, ed: { german: 2 } },
  });
  const id = await world.comes('ana');
  await world.advance(20_000);
  await world.ready('bo');
  expect(await world.status(id)).toBe('offered to bo');
});

test('ROUTE-2: a step that nobody of the centre could ever satisfy is skipped at once', async () => {
  const world = await spine({ skills: { cy: { french: 1 }, di: {} } });
  await world.ready('cy', 'di');
  expect(await world.status(await world.comes('ana'))).toBe('offered to cy');
});

test('ROUTE-2: a step is not skipped because those who satisfy it are away', async () => {
  const world = await spine();
  await world.ready('cy');
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('queued');
  await world.advance(20_000);
  await world.ready('bo');
  expect(await world.status(id)).toBe('offered to bo');
});

test('ROUTE-2: the age counts, not how long we have been running: a restart keeps the step', async () => {
  const world = await spine();
  const id = await world.comes('ana');
  await world.advance(20_000);
  world.restart();
  await world.route();
  await world.ready('cy');
  expect(await world.status(id)).toBe('queued');
  await world.advance(10_000);
  expect(await world.status(id)).toBe('offered to cy');
});

test('ROUTE-3: who lacks a skill that is called like what every object has brings nothing of it', () => {
  const odd = [{ afterMs: 0, skills: [{ skill: 'toString', minimum: 1 }] }];
  const widened = [...odd, { afterMs: 9_000, skills: [] }];
  expect(fitness(odd, 0, {})).toBeNull();
  expect(fitness(widened, 1, {})).toBe(0);
  expect(fitness(widened, 1, { toString: 4 } as never)).toBe(4);
});
