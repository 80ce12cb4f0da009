import { expect, test } from 'vitest';
import type { CommandId } from '../../../protocol/ids.ts';
import { createSetUpNews } from '../../../server/sockets/set-up-news.ts';
import { ana, ben, queue, server } from './world.ts';

const asks = (id = 'reload-command-1') =>
  ({ type: 'ask', id: id as CommandId, question: { type: 'reload-centre' } }) as const;

test('a changed set-up is told to every connected desk, and no connection is dropped', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const other = await world.desk(ben);
  world.setUp.name = 'Shop & Sons';
  world.setUp.people.set(ben, { ...world.setUp.people.get(ben)!, name: 'Benjamin', teams: ['x'] });
  world.setUp.changed();
  await world.clock.settle();

  for (const one of [desk, other])
    expect(one.frames.at(-1)).toMatchObject({ type: 'centre', centre: { name: 'Shop & Sons' } });
  expect(other.frames.at(-1)).toMatchObject({ agent: { id: ben, name: 'Benjamin', teams: ['x'] } });
  expect([desk.closed(), other.closed(), tab.closed()]).toEqual([null, null, null]);
  await tab.command({ type: 'post', interaction, text: 'Are you there?' });
  expect(desk.events().at(-1)).toBe('Are you there?');
});

test('what is written after a change carries the name that the agent has now', async () => {
  const world = await server();
  const { desk, interaction } = await world.talking();
  world.setUp.people.set(ana, { ...world.setUp.people.get(ana)!, name: 'Ana Maria' });
  world.setUp.changed();
  await world.clock.settle();
  await desk.command({ type: 'post', interaction, text: 'Hello' });
  const [last] = (await world.store.read(`interaction:${interaction}`, 0, 100, 1_000_000)).slice(
    -1,
  );
  expect(last?.body).toMatchObject({ author: { kind: 'agent', name: 'Ana Maria' } });
});

test('who is no longer in the file is out at once, the others are not', async () => {
  const world = await server();
  const desk = await world.desk();
  const other = await world.desk(ben);
  world.setUp.people.delete(ana);
  world.setUp.changed();
  await world.clock.settle();
  expect([desk.closed(), other.closed()]).toEqual([4001, null]);
});

test('an admin has the centre’s file read anew, and hears why it was not taken', async () => {
  const world = await server();
  world.setUp.people.set(ana, { ...world.setUp.people.get(ana)!, role: 'admin' });
  const desk = await world.desk();
  desk.send(asks());
  await world.clock.settle();
  expect(desk.frames.at(-1)).toEqual({
    type: 'answer',
    id: 'reload-command-1',
    answer: { type: 'reload-centre', outcome: 'in-force', why: null },
  });
  world.setUp.outcome = { type: 'refused', why: 'centre.yaml:1:1: must be …' };
  desk.send(asks('reload-command-2'));
  await world.clock.settle();
  expect(desk.frames.at(-1)).toMatchObject({
    answer: { outcome: 'refused', why: 'centre.yaml:1:1: must be …' },
  });
  expect(world.setUp.reloads).toBe(2);
});

test('nobody else has it read, also not who has been an admin until a moment ago', async () => {
  const world = await server();
  const agent = world.setUp.people.get(ana)!;
  for (const role of ['agent', 'supervisor'] as const) {
    world.setUp.people.set(ana, { ...agent, role });
    const desk = await world.desk();
    desk.send(asks());
    await world.clock.settle();
    expect(desk.frames.at(-1)).toMatchObject({ type: 'refused', refusal: 'not-allowed' });
  }
  world.setUp.people.set(ana, { ...agent, role: 'admin' });
  const desk = await world.desk();
  world.setUp.people.set(ana, agent);
  world.setUp.changed();
  await world.clock.settle();
  desk.send(asks());
  await world.clock.settle();
  expect(desk.frames.at(-1)).toMatchObject({ type: 'refused', refusal: 'not-allowed' });
  expect(world.setUp.reloads).toBe(0);
});

test('the news goes to a few desks in each turn, and to nobody who has left meanwhile', () => {
  const turns: (() => void)[] = [];
  let change = () => {};
  const news = createSetUpNews(
    (hear) => {
      change = hear;
      return () => {};
    },
    { soon: (what) => void turns.push(what) },
  );
  const heard = new Map<number, number>();
  const stops = Array.from({ length: 40 }, (_, n) =>
    news.listen(() => void heard.set(n, (heard.get(n) ?? 0) + 1)),
  );
  change();
  turns.shift()?.();
  const first = heard.size;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(40);
  stops[39]?.();
  // Changed again before everybody has heard: all hear of it, the first ones twice.
  change();
  expect(turns).toHaveLength(1);
  while (turns.length > 0) turns.shift()?.();
  expect(heard.has(39)).toBe(false);
  expect(heard.get(0)).toBe(2);
  expect(heard.get(38)).toBe(1);
});

test('a set-up that changes while a desk is let in is the one it goes on with', async () => {
  const world = await server();
  const during = (change: () => void) => {
    world.asked.push = (): number => {
      change();
      world.setUp.changed();
      return 0;
    };
  };
  during(() => {
    world.setUp.name = 'Shop & Sons';
    world.setUp.people.set(ana, { ...world.setUp.people.get(ana)!, name: 'Ana Maria' });
  });
  const desk = await world.desk();
  expect(desk.frames.findLast(({ type }) => type === 'welcome' || type === 'centre')).toMatchObject(
    { agent: { name: 'Ana Maria' }, centre: { name: 'Shop & Sons' } },
  );
  during(() => void world.setUp.people.delete(ben));
  const gone = await world.desk(ben);
  expect(gone.closed()).toBe(4001);
  expect(gone.of('welcome')).toEqual([]);
});

test('TRUST-5: a desk that asks all the time is told when to ask again', async () => {
  const world = await server({ limits: { questionsPerSecond: 1, questionsBurst: 2 } });
  const desk = await world.desk();
  const ask = (n: number) =>
    desk.send({ type: 'ask', id: `question-number-${n}`, question: { type: 'waiting', queue } });
  for (const n of [1, 2, 3]) ask(n);
  await world.clock.settle();
  expect(desk.of('answer')).toHaveLength(2);
  expect(desk.last('refused')).toMatchObject({ id: 'question-number-3', refusal: 'too-many' });
  await world.clock.advance(desk.last('refused')?.retryMs ?? 0);
  ask(4);
  expect(desk.last('answer')).toMatchObject({ id: 'question-number-4' });
});
