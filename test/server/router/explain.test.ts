import { expect, test } from 'vitest';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { chatsOnly } from '../../channels.ts';
import { by, byCustomer } from '../given.ts';
import { Spine } from '../spine.ts';
import { on, setStatus } from '../stories.ts';

const french = { skill: 'french', minimum: 3 };

test('ROUTE-8: whom it could go to and why not, counted and in order, when somebody asks', async () => {
  const world = await new Spine({
    agent: { limits: chatsOnly(1) },
    needs: {
      steps: [
        { afterMs: 0, skills: [french] },
        { afterMs: 30_000, skills: [] },
      ],
    },
    skills: { bo: { french: 5 }, cy: { french: 4 }, di: { french: 3 }, ed: {} },
  }).route();
  await world.ready('bo');
  await world.answer('accept', 'bo', await world.comes('ana'));
  await world.connect('cy');
  await world.ready('ed');
  const id = await world.comes('eve');
  const explained = world.router.questions.explain(id as InteractionId);
  expect(explained).toMatchObject({
    step: 0,
    nextStepAt: ((await world.interaction(id))?.enqueuedAt ?? 0) + 30_000,
    counts: { 'no-room': 1, 'not-ready': 1, 'signed-out': 1, skills: 1 },
  });
  expect(explained?.agents.map(({ agent, verdict }) => `${agent} ${verdict}`)).toEqual([
    'bo no-room',
    'cy not-ready',
    'di signed-out',
    'ed skills',
  ]);
});

test('ROUTE-8: what does not wait is not explained', async () => {
  const world = await new Spine().route();
  await world.ready('bo');
  const id = await world.comes('ana');
  expect(world.router.questions.explain(id as InteractionId)).toBeNull();
});

test('ROUTE-9: the rows of a queue, in their order, with all who wait counted', async () => {
  const world = await new Spine().route();
  const first = await world.comes('ana');
  const second = await world.comes('eve');
  const rows = world.router.questions.rows('orders' as QueueId);
  expect(rows).toMatchObject({ type: 'waiting', count: 2 });
  expect(rows.type === 'waiting' && rows.rows.map(({ interaction }) => interaction)).toEqual([
    first,
    second,
  ]);
});

test('ROUTE-8: who can be asked stands before who wants no work now', async () => {
  const world = await new Spine({ skills: { bo: {}, cy: {}, di: {} } }).route();
  await world.ready('bo', 'cy');
  await world.ask(by('bo'), { type: 'set-do-not-disturb', on: true });
  await world.ready('di');
  const first = await world.comes('ana');
  const second = await world.comes('eve');
  const third = await world.comes('kim');
  expect(await world.status(third)).toBe('queued');
  expect([await world.status(first), await world.status(second)]).toEqual([
    'offered to cy',
    'offered to di',
  ]);
  await world.ask(byCustomer('eve'), on('leave', second));
  await world.ask(by('di'), setStatus('not-ready'));
  const explained = world.router.questions.explain(third as InteractionId);
  expect(explained?.agents.map(({ agent, verdict }) => `${agent} ${verdict}`)).toEqual([
    'cy ringing',
    'di not-ready',
    'bo do-not-disturb',
  ]);
});
