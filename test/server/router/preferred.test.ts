import { expect, test } from 'vitest';
import { by } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { on, setStatus } from '../stories.ts';

const spine = (settings: SpineSettings = {}): Promise<Spine> => new Spine(settings).route();

/** Bo was lost with it and is back, at work on another one; cy is free. */
async function givenBack(settings: SpineSettings = {}): Promise<{ world: Spine; id: string }> {
  const world = await spine(settings);
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.answer('accept', 'bo', id);
  return { world, id };
}

test('ROUTE-4: while something else rings at the preferred agent it is kept for them', async () => {
  const { world, id } = await givenBack();
  const other = await world.comes('eve');
  await world.silence('bo');
  await world.advance(119_000);
  await world.connect('bo');
  expect(await world.status(other)).toBe('offered to bo');
  await world.silence('bo');
  await world.advance(120_000);
  expect(await world.status(id)).toBe('queued');
  await world.connect('bo');
  expect(await world.status(id)).toBe('offered to bo');
});

test('ROUTE-4: without room or not ready, the next agent gets it at once', async () => {
  const { world, id } = await givenBack();
  await world.silence('bo');
  await world.advance(120_000);
  await world.connect('bo');
  expect(await world.status(id)).toBe('offered to bo');
  await world.ask(by('bo'), setStatus('not-ready'));
  await world.ready('cy');
  expect(await world.status(id)).toBe('offered to cy');
});

test('ROUTE-5: who comes back gets one offer at a time, the next after the answer', async () => {
  const world = await spine({ agent: { ringsAtOnce: 3 } });
  const ids = [await world.comes('ana'), await world.comes('eve'), await world.comes('kim')];
  await world.ready('bo');
  const statuses = () => Promise.all(ids.map((id) => world.status(id)));
  expect(await statuses()).toEqual(['offered to bo', 'queued', 'queued']);
  await world.answer('accept', 'bo', ids[0] as string);
  expect(await statuses()).toEqual(['active with bo', 'offered to bo', 'offered to bo']);
});

test('ROUTE-5: so also after they were unreachable', async () => {
  const world = await spine({ agent: { ringsAtOnce: 3 } });
  await world.ready('bo');
  const first = await world.comes('ana');
  await world.answer('accept', 'bo', first);
  await world.silence('bo');
  const ids = [await world.comes('eve'), await world.comes('kim')];
  await world.connect('bo');
  expect(await Promise.all(ids.map((id) => world.status(id)))).toEqual(['offered to bo', 'queued']);
  await world.ask(by('bo'), on('end', first));
});

test('ROUTE-4: the preferred agent too must satisfy the step that holds', async () => {
  const lastOwner = () => ({ agent: 'cy' as never, at: 1_800_000_000_000 });
  const steps = [
    { afterMs: 0, skills: [{ skill: 'french', minimum: 3 }] },
    { afterMs: 5_000, skills: [] },
  ];
  const world = await spine({
    lastOwner,
    needs: { steps },
    skills: { bo: { french: 5 }, cy: {} },
  });
  await world.ready('cy');
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('queued');
  await world.advance(5_000);
  expect(await world.status(id)).toBe('offered to cy');
});
