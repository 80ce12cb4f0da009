import { expect, test } from 'vitest';
import type { AgentId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { HeldRow } from '../../../protocol/questions.ts';
import { chatsOnly } from '../../channels.ts';
import { by } from '../given.ts';
import { Spine } from '../spine.ts';
import { on, park } from '../stories.ts';

const bo = 'bo' as AgentId;

function held(world: Spine, from = 0): { readonly rows: HeldRow[]; readonly count: number } {
  const answer = world.router.questions.holding(bo, from);
  if (answer?.type !== 'holding') throw new Error('bo is nobody');
  return answer;
}

/** Three of bo's: what rings, what is talked in, and so on, as the test goes on. */
test('HAND-7, CAP-1: what an agent holds is told piece by piece, with facts and no words, also after a restart', async () => {
  const world = await new Spine({ skills: { bo: {} } }).route();
  await world.ready('bo');
  const talked = await world.comes('ana');
  await world.answer('offer-shown', 'bo', talked);
  await world.answer('accept', 'bo', talked);
  const wrapped = await world.comes('eve');
  await world.answer('accept', 'bo', wrapped);
  const rings = await world.comes('cleo');
  await world.ask(by('bo'), on('end', wrapped));
  const started = (await world.interaction(talked))?.startedAt;
  const expected = [
    {
      interaction: talked,
      channel: 'chat',
      phase: 'active',
      role: 'owner',
      queue: 'orders',
      startedAt: started,
    },
    expect.objectContaining({ interaction: wrapped, phase: 'wrapping', role: 'owner' }),
    expect.objectContaining({ interaction: rings, phase: 'offered', role: null, queue: 'orders' }),
  ];
  expect(held(world)).toMatchObject({ count: 3, rows: expected });
  expect(Object.keys(held(world).rows[0]!).sort()).toEqual(
    ['channel', 'interaction', 'phase', 'queue', 'role', 'startedAt'].sort(),
  );

  await world.ask(by('bo'), park(talked));
  expect(held(world).rows.map(({ phase }) => phase)).toEqual(['parked', 'wrapping', 'offered']);
  world.restart();
  await world.route();
  expect(
    held(world)
      .rows.map(({ phase }) => phase)
      .slice(0, 2),
  ).toEqual(['parked', 'wrapping']);
});

test('HAND-7: an own wrap-up stands there too, when its interaction is over', async () => {
  const world = await new Spine({
    skills: { bo: {}, cy: {} },
    queue: { senderWrapUpMs: 60_000, transfer: 'immediate', wrapUpMs: 0 },
  }).route();
  await world.ready('bo');
  await world.connect('cy');
  const id = await world.comes('ana');
  await world.answer('accept', 'bo', id);
  await world.ask(by('bo'), {
    type: 'transfer',
    interaction: id as never,
    to: { kind: 'agent', agent: 'cy' as AgentId },
    note: '',
    draft: '',
    dispositions: [],
  });
  expect(held(world).rows).toMatchObject([{ phase: 'own-wrap-up', role: null, queue: 'orders' }]);
});

test('HAND-7, TRUST-5: more than an answer holds is asked for page by page', async () => {
  const world = await new Spine({
    skills: { bo: {} },
    agent: { limits: chatsOnly(12), abilities: ['pick'] },
  }).route();
  await world.connect('bo');
  const ids: string[] = [];
  for (let n = 0; n < 50; n++) {
    const id = await world.comes(`ana-${n}`);
    ids.push(id);
    await world.ask(by('bo'), { type: 'pick', interaction: id as never });
    if (n < limits.parked) await world.ask(by('bo'), park(id));
  }
  const second = await world.comes('eve');
  await world.ask(by('bo'), { type: 'pick', interaction: second as never });
  const first = held(world);
  expect([first.rows.length, first.count]).toEqual([limits.heldRows, 51]);
  const rest = held(world, limits.heldRows);
  expect([...first.rows, ...rest.rows].map(({ interaction }) => interaction)).toEqual([
    ...ids,
    second,
  ]);
  expect(held(world, 51).rows).toEqual([]);
});

test('HAND-7: of nobody of the centre nothing is told; who has never been signed in holds nothing', async () => {
  const world = await new Spine({ skills: { bo: {} } }).route();
  expect(world.router.questions.holding('nobody' as AgentId, 0)).toBeNull();
  expect(held(world)).toMatchObject({ rows: [], count: 0 });
});
