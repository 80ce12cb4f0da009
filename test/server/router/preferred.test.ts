import { expect, test } from 'vitest';
import { transferTo } from '../colleagues.ts';
import { by, byCustomer, bySystem } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { markDone, on, post, queue, setStatus } from '../stories.ts';

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
  const steps = [
    { afterMs: 0, skills: [{ skill: 'french', minimum: 3 }] },
    { afterMs: 5_000, skills: [] },
  ];
  const world = await spine({
    needs: { steps },
    skills: { bo: { french: 5 }, cy: {} },
  });
  await world.ready('cy');
  const before = await world.comes('ana');
  await world.ask(by('cy'), { type: 'pick', interaction: before as never });
  await served(world, before, 'cy');
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('queued');
  await world.advance(5_000);
  expect(await world.status(id)).toBe('offered to cy');
});

/** The talk ends, and the work after it. */
async function served(world: Spine, id: string, name: string): Promise<void> {
  await world.ask(by(name), on('end', id));
  await world.ask(by(name), markDone(id, ['answered']));
  expect(await world.status(id)).toBe('done');
}

/** Bo has just served ana, and cy has been waiting longer for something to do. */
async function servedByBo(settings: SpineSettings = {}): Promise<Spine> {
  const world = await spine(settings);
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.answer('accept', 'bo', id);
  await world.advance(60_000);
  await served(world, id, 'bo');
  await world.ready('cy');
  return world;
}

test('ROUTE-4: who served a customer last gets them again, also after the server was killed', async () => {
  const world = await servedByBo();
  await world.restart().route();
  const other = await world.comes('eve');
  expect(await world.status(other)).toBe('offered to cy');
  await world.ask(byCustomer('eve'), on('leave', other));
  expect(await world.status(await world.comes('ana'))).toBe('offered to bo');
});

test('ROUTE-4: so also when a bot has talked to them first', async () => {
  const world = await servedByBo();
  Object.assign(world.settings, { queue: { botMs: 600_000 } });
  await world.restart().route();
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('with-bot');
  await world.ask(bySystem, {
    type: 'bot-over',
    interaction: id as never,
    since: 2,
    outcome: 'handed-over',
    note: '',
    queue: null,
    answer: null,
  });
  expect(await world.status(id)).toBe('offered to bo');
});

test('ROUTE-4: to whom it was handed over counts, and the store is asked once for a start, never for a message', async () => {
  const asked: string[] = [];
  const world = await servedByBo({
    line: (store) => ({
      ...store,
      lastOwner: (customer) => {
        asked.push(customer);
        return store.lastOwner(customer);
      },
    }),
  });
  const id = await world.comes('ana');
  await world.answer('accept', 'bo', id);
  await world.ask(by('bo'), post(id));
  await world.ask(byCustomer('ana'), post(id));
  expect(asked).toEqual(['ana', 'ana']);
  await world.ask(by('bo'), transferTo({ kind: 'queue', queue }, { interaction: id as never }));
  await world.answer('accept', 'cy', id);
  expect(await world.status(id)).toBe('active with cy');
  await world.restart().route();
  await served(world, id, 'cy');
  expect(await world.store.lastOwner('ana' as never)).toMatchObject({ agent: 'cy' });
});
