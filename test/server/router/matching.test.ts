import { expect, test } from 'vitest';
import { chatsOnly } from '../../channels.ts';
import { by, byCustomer } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { markDone, on, setStatus } from '../stories.ts';

async function spine(settings: SpineSettings = {}): Promise<Spine> {
  return new Spine(settings).route();
}

const accept = async (world: Spine, name: string, id: string) => {
  expect(await world.status(id)).toBe(`offered to ${name}`);
  await world.answer('accept', name, id);
};

test('OFFER-1: whoever waits is offered to a ready agent, whichever came first', async () => {
  const agentFirst = await spine();
  await agentFirst.ready('bo');
  expect(await agentFirst.status(await agentFirst.comes('ana'))).toBe('offered to bo');
  const customerFirst = await spine();
  const id = await customerFirst.comes('ana');
  expect(await customerFirst.status(id)).toBe('queued');
  await customerFirst.ready('bo');
  expect(await customerFirst.status(id)).toBe('offered to bo');
});

test('ROUTE-1: the one that waits longest goes first; the next follows when the agent has answered', async () => {
  const world = await spine();
  const first = await world.comes('ana');
  const second = await world.comes('eve');
  await world.ready('bo');
  expect([await world.status(first), await world.status(second)]).toEqual([
    'offered to bo',
    'queued',
  ]);
  await accept(world, 'bo', first);
  expect(await world.status(second)).toBe('offered to bo');
});

test('ROUTE-1: over several queues too, the one that waits longest goes first', async () => {
  const world = await spine({ queues: ['orders', 'claims'], queueNames: ['orders', 'claims'] });
  const claim = await world.comes('ana', 'claims');
  const order = await world.comes('eve', 'orders');
  await world.ready('bo');
  expect(await world.status(claim)).toBe('offered to bo');
  expect(await world.status(order)).toBe('queued');
});

test('ROUTE-3: who has less to do gets the next one, then who has waited longest', async () => {
  const world = await spine();
  await world.ready('bo', 'cy');
  const first = await world.comes('ana');
  await accept(world, 'bo', first);
  const second = await world.comes('eve');
  await accept(world, 'cy', second);
  await world.advance(10);
  await accept(world, 'bo', await world.comes('kim'));
});

test('OFFER-1: an agent without the queue’s skill is not asked', async () => {
  const world = await spine({
    needs: {
      steps: [{ afterMs: 0, skills: [{ skill: 'claims', minimum: 3 }] }],
      bestProficiency: true,
    },
    skills: { bo: { claims: 2 }, cy: { claims: 3 }, di: { claims: 5 } },
  });
  await world.ready('bo');
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('queued');
  await world.ready('cy', 'di');
  expect(await world.status(id)).toBe('offered to cy');
  expect(await world.status(await world.comes('eve'))).toBe('offered to di');
});

test('OFFER-2: the offer says why this agent, among how many, and why not the others', async () => {
  const world = await spine({
    needs: { steps: [{ afterMs: 0, skills: [{ skill: 'claims', minimum: 1 }] }] },
    skills: { bo: { claims: 4 }, cy: { claims: 3 }, di: { claims: 1 } },
  });
  await world.connect('di');
  await world.ready('bo', 'cy');
  await accept(world, 'bo', await world.comes('ana'));
  await world.comes('eve');
  const ring = Object.values((await world.agent('cy')).assignments)[0];
  expect(ring?.phase === 'offered' && ring.facts.why).toEqual({
    reason: 'load',
    skills: [{ skill: 'claims', proficiency: 3 }],
    candidates: 2,
    step: 0,
    passedOver: { 'not-ready': 1 },
  });
});

test('OFFER-2, OFFER-6: after a reject the next offer says so, and counts only those who are left', async () => {
  const world = await spine();
  await world.ready('bo', 'cy');
  const id = await world.comes('ana');
  await world.answer('reject', 'bo', id);
  const ring = Object.values((await world.agent('cy')).assignments)[0];
  expect(ring?.phase === 'offered' && ring.facts.why).toEqual({
    reason: 'only',
    skills: [],
    candidates: 1,
    step: 0,
    passedOver: { rejected: 1 },
  });
});

test('CAP-1, CAP-2: as many as the limit are offered, the next one when one is done', async () => {
  const world = await spine({ agent: { limits: chatsOnly(2) } });
  await world.ready('bo');
  const [first, second] = [await world.comes('ana'), await world.comes('eve')];
  await accept(world, 'bo', first);
  await accept(world, 'bo', second);
  const third = await world.comes('kim');
  expect(await world.status(third)).toBe('queued');
  await world.ask(by('bo'), on('end', first));
  expect(await world.status(third)).toBe('queued');
  await world.ask(by('bo'), markDone(first));
  expect(await world.status(third)).toBe('offered to bo');
});

test('CAP-1: offers that are not answered yet count, so nobody is asked for more than fits', async () => {
  const world = await spine({ agent: { limits: chatsOnly(4), ringsAtOnce: 3 } });
  await world.ready('bo');
  await accept(world, 'bo', await world.comes('zoe'));
  const ids = await Promise.all(['ana', 'eve', 'kim', 'lou'].map((one) => world.comes(one)));
  const statuses = await Promise.all(ids.map((id) => world.status(id)));
  expect(statuses.filter((one) => one === 'offered to bo')).toHaveLength(3);
  expect(statuses.filter((one) => one === 'queued')).toHaveLength(1);
  expect(refusalsIn(world)).toEqual([]);
});

test('CAP-1: also while the store is slow', async () => {
  const commits: (() => void)[] = [];
  let slow = false;
  const world = await spine({
    agent: { limits: chatsOnly(3), ringsAtOnce: 2 },
    hooks: { commit: (run) => (slow ? void commits.push(run) : run()) },
  });
  await world.ready('bo');
  await accept(world, 'bo', await world.comes('zoe'));
  slow = true;
  const asked = ['ana', 'eve', 'kim'].map((one) => world.comes(one));
  for (let n = 0; n < 12; n++) {
    await world.clock.settle();
    commits.splice(0).forEach((run) => void run());
  }
  await Promise.all(asked);
  await world.clock.settle();
  expect(Object.keys((await world.agent('bo')).assignments)).toHaveLength(3);
  expect(refusalsIn(world)).toEqual([]);
});

test('CAP-1: an offer counts until the router has heard of it, not only until it is acknowledged', async () => {
  const world = await spine();
  await world.connect('bo');
  const ids = [await world.comes('ana'), await world.comes('eve')];
  const held: (() => void)[] = [];
  world.delivering = (deliver) => void held.push(deliver);
  await world.ask(by('bo'), setStatus('ready'));
  for (let n = 0; n < 10; n++) {
    await world.clock.settle();
    held.shift()?.();
  }
  expect(await Promise.all(ids.map((id) => world.status(id)))).toEqual(['offered to bo', 'queued']);
  expect(refusalsIn(world)).toEqual([]);
});

/** What the router was refused: it asked for something that could not be. */
const refusalsIn = (world: Spine): string[] =>
  [...world.disk.commands]
    .filter(([key]) => key.startsWith('system '))
    .map(([, { answer }]) => JSON.parse(answer) as { type: string; refusal?: string })
    .flatMap(({ type, refusal }) => (type === 'refused' ? [refusal ?? ''] : []));

test('OFFER-6: a rejected one goes to the next agent, and to the rejecting one after 60 s', async () => {
  const world = await spine({ agent: { limits: chatsOnly(1) } });
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.ready('cy');
  const other = await world.comes('eve');
  await accept(world, 'cy', other);
  await world.answer('reject', 'bo', id);
  expect(await world.status(id)).toBe('queued');
  await world.advance(59_999);
  expect(await world.status(id)).toBe('queued');
  await world.advance(1);
  expect(await world.status(id)).toBe('offered to bo');
});

test.each([
  ['falls silent', (world: Spine) => world.silence('cy')],
  ['will not be ready after this', (world: Spine) => world.ask(by('cy'), setStatus('not-ready'))],
])(
  'OFFER-6: with nobody else left it comes back at once: the only other agent %s',
  async (_, leave) => {
    const world = await spine({ agent: { limits: chatsOnly(1) } });
    await world.ready('bo');
    const id = await world.comes('ana');
    await world.ready('cy');
    await accept(world, 'cy', await world.comes('eve'));
    await world.answer('reject', 'bo', id);
    expect(await world.status(id)).toBe('queued');
    await leave(world);
    expect(await world.status(id)).toBe('offered to bo');
  },
);

test('OFFER-4: after an offer that was not shown nothing is offered until the desk can show', async () => {
  const world = await spine();
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.advance(3_000);
  expect(await world.status(id)).toBe('queued');
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
  await world.advance(60_000);
  expect(await world.status(id)).toBe('queued');
  await world.ask(by('bo'), { type: 'can-show' });
  expect(await world.status(id)).toBe('offered to bo');
});

test('STATE-6, STATE-8: what was rescinded goes to the next agent at once', async () => {
  const world = await spine();
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.ready('cy');
  await world.ask(by('bo'), setStatus('not-ready'));
  expect(await world.status(id)).toBe('offered to cy');
  await world.ready('bo');
  await world.silence('cy');
  expect(await world.status(id)).toBe('offered to bo');
});

test('OFFER-7: the customer leaves while it rings: the agent is free for the next one', async () => {
  const world = await spine();
  await world.ready('bo');
  const gone = await world.comes('ana');
  const next = await world.comes('eve');
  await world.ask(byCustomer('ana'), on('leave', gone));
  expect(await world.status(next)).toBe('offered to bo');
});

test('with the store away nothing is lost: it is offered when the store is back', async () => {
  let stored = Number.POSITIVE_INFINITY;
  const world = await spine({
    hooks: { commit: (run) => run(stored-- > 0 ? 'stored' : 'failed') },
  });
  const id = await world.comes('ana');
  await world.connect('bo');
  stored = 1;
  await world.ask(by('bo'), setStatus('ready'));
  await world.advance(5_000);
  expect(await world.status(id)).toBe('queued');
  stored = Number.POSITIVE_INFINITY;
  await world.advance(1_000);
  expect(await world.status(id)).toBe('offered to bo');
});

test('closed, the router asks for nothing more and holds no timer', async () => {
  const world = await spine();
  await world.ready('bo');
  await world.comes('ana');
  await world.comes('eve');
  expect(world.clock.timers()).toBeGreaterThan(0);
  world.router.close();
  expect(world.clock.timers()).toBe(0);
  const events = world.disk.events.length;
  await world.advance(600_000);
  expect(world.disk.events).toHaveLength(events);
});
