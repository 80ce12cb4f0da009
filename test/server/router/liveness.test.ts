import { expect, test } from 'vitest';
import { chatsOnly } from '../../channels.ts';
import { by, byCustomer, bySystem } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { on, post, setStatus } from '../stories.ts';

/** bo is ready and it rings there, or bo talks with ana. */
async function ringing(settings: SpineSettings = {}) {
  const world = await new Spine(settings).route();
  await world.ready('bo');
  const id = await world.comes('ana');
  expect(await world.status(id)).toBe('offered to bo');
  return { world, id, stream: `interaction:${id}` };
}
async function talking(settings: SpineSettings = {}) {
  const { world, id, stream } = await ringing(settings);
  await world.answer('accept', 'bo', id);
  return { world, id, stream };
}
const wrapping = async (settings: SpineSettings = {}) => {
  const all = await talking(settings);
  await all.world.ask(by('bo'), on('end', all.id));
  return all;
};
const count = async (world: Spine, stream: string, name: string) =>
  (await world.eventsOf(stream)).filter((one) => one === name).length;

test('OFFER-4, OFFER-5: shown, it may be answered for 45 s; then the agent is RONA', async () => {
  const { world, id } = await ringing();
  await world.advance(2_000);
  await world.answer('offer-shown', 'bo', id);
  await world.advance(44_999);
  expect(await world.status(id)).toBe('offered to bo');
  await world.advance(1);
  expect(await world.status(id)).toBe('queued');
  expect((await world.agent('bo')).channels.chat.status).toBe('rona');
  await world.advance(600_000);
  expect(await world.status(id)).toBe('queued');
  await world.ask(by('bo'), setStatus('ready'));
  expect(await world.status(id)).toBe('offered to bo');
});

test('OFFER-4: a desk that shows it in the last moment before the 3 s are over has all its time', async () => {
  const { world, id } = await ringing();
  await world.advance(2_999);
  await world.answer('offer-shown', 'bo', id);
  await world.advance(30_000);
  expect(await world.status(id)).toBe('offered to bo');
});

test('OFFER-8: an answer at the very moment of the deadline wins or is too late, never both', async () => {
  const { world, id, stream } = await ringing();
  await world.answer('offer-shown', 'bo', id);
  const status = (await world.interaction(id))!.status;
  const offer = status.name === 'offered' ? status.offer : ('' as never);
  const accepting: Promise<unknown>[] = [];
  world.clock.at(world.clock.now() + 45_000, () => {
    const accept = { type: 'accept', interaction: id as never, offer } as const;
    accepting.push(world.handle(by('bo'), accept));
  });
  await world.advance(45_000);
  const [answer] = await Promise.all(accepting);
  const won = (answer as { type: string }).type === 'ack';
  expect(await world.status(id)).toBe(won ? 'active with bo' : 'queued');
  expect((await world.agent('bo')).channels.chat.status).toBe(won ? 'ready' : 'rona');
  expect(await count(world, stream, 'accepted')).toBe(won ? 2 : 0);
});

test('CHAT-12: a customer who is away for 600 s has left; one who comes back in time goes on', async () => {
  const { world, id } = await talking();
  await world.ask(bySystem, on('customer-gone', id));
  await world.advance(599_000);
  await world.ask(bySystem, on('customer-back', id));
  await world.advance(60_000);
  expect(await world.status(id)).toBe('active with bo');
  await world.ask(bySystem, on('customer-gone', id));
  await world.advance(600_000);
  expect(await world.status(id)).toBe('wrapping');
});

test('CHAT-12, OFFER-7: who is away that long while waiting is gone', async () => {
  const world = await new Spine().route();
  const id = await world.comes('ana');
  await world.ask(bySystem, on('customer-gone', id));
  await world.advance(600_000);
  expect(await world.status(id)).toBe('done');
});

test('STATE-8: the customer is told after 60 s that the agent is away, and when they are back', async () => {
  const { world, id, stream } = await talking();
  await world.silence('bo');
  await world.advance(59_999);
  expect(await count(world, stream, 'owner-away')).toBe(0);
  await world.advance(1);
  expect(await count(world, stream, 'owner-away')).toBe(1);
  await world.connect('bo');
  expect(await count(world, stream, 'owner-returned')).toBe(1);
  await world.advance(600_000);
  expect(await world.status(id)).toBe('active with bo');
  expect(await count(world, stream, 'owner-away')).toBe(1);
});

test('STATE-8: after 120 s what the agent owned goes to the head of the queue with its age', async () => {
  const { world, id } = await talking({ agent: { limits: chatsOnly(1) } });
  const other = await world.comes('eve');
  const age = (await world.interaction(id))?.enqueuedAt;
  await world.silence('bo');
  await world.advance(120_000);
  expect(await world.interaction(id)).toMatchObject({ returned: true, enqueuedAt: age });
  await world.ready('cy');
  expect(await world.status(id)).toBe('offered to cy');
  expect(await world.status(other)).toBe('queued');
});

test('STATE-8: the same agent is preferred when back', async () => {
  const { world, id } = await talking({ agent: { limits: chatsOnly(2) } });
  await world.silence('bo');
  await world.advance(120_000);
  await world.connect('bo');
  expect(await world.status(id)).toBe('offered to bo');
});

test('STATE-8: unreachable for 10 min is not ready, also on return', async () => {
  const { world, id } = await talking();
  await world.silence('bo');
  await world.advance(600_000);
  expect((await world.agent('bo')).channels.chat).toMatchObject({
    status: 'not-ready',
    reason: 'unreachable',
  });
  await world.connect('bo');
  expect(await world.status(id)).toBe('queued');
});

test('END-3: the wrap-up is over after 60 s', async () => {
  const { world, id } = await wrapping();
  await world.advance(59_999);
  expect(await world.status(id)).toBe('wrapping');
  await world.advance(1);
  expect(await world.status(id)).toBe('done');
});

test('END-3: late, it stays while the owner is there and closes when the owner is lost', async () => {
  const { world, id } = await wrapping({ queue: { dispositionRequired: true } });
  await world.advance(3_600_000);
  expect(await world.status(id)).toBe('wrapping');
  await world.silence('bo');
  await world.advance(120_000);
  expect(await world.status(id)).toBe('done');
});

test('END-3: an owner lost before the wrap-up is over does not end it early', async () => {
  const { world, id } = await wrapping({
    queue: { dispositionRequired: true, wrapUpMs: 300_000 },
  });
  await world.silence('bo');
  await world.advance(299_999);
  expect(await world.status(id)).toBe('wrapping');
  await world.advance(1);
  expect(await world.status(id)).toBe('done');
});

test('a deadline that comes while the store is away comes again until it is through', async () => {
  let away = false;
  const { world, id } = await wrapping({
    hooks: { commit: (run) => run(away ? 'failed' : 'stored') },
  });
  away = true;
  await world.advance(90_000);
  expect(await world.status(id)).toBe('wrapping');
  away = false;
  await world.advance(1_000);
  expect(await world.status(id)).toBe('done');
});

test('STATE-8: a deadline of an earlier absence, held up by the store, does nothing in a later one', async () => {
  let away = false;
  const { world, id } = await talking({
    hooks: { commit: (run) => run(away ? 'failed' : 'stored') },
  });
  await world.silence('bo');
  away = true;
  await world.advance(120_500);
  away = false;
  await world.connect('bo');
  await world.silence('bo');
  await world.advance(60_000);
  expect(await world.status(id)).toBe('active with bo');
  await world.advance(60_000);
  expect(await world.status(id)).toBe('queued');
});

/* ── restart and stall ── */

test('after a restart what rang is rescinded without penalty and rings again', async () => {
  const { world, id, stream } = await ringing();
  await world.answer('offer-shown', 'bo', id);
  await world.restart().route();
  expect(await count(world, stream, 'rescinded')).toBe(1);
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
  expect(await world.status(id)).toBe('offered to bo');
  await world.advance(50_000);
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
});

test('after a restart liveness starts anew: 120 s to come back, 600 s for the customer', async () => {
  const { world, id } = await talking();
  const waits = await world.comes('eve');
  await world.silence('bo');
  await world.ask(bySystem, on('customer-gone', waits));
  await world.advance(50_000);
  world.restart();
  await world.advance(3_600_000);
  await world.route();
  await world.advance(119_000);
  expect(await world.status(id)).toBe('active with bo');
  await world.advance(1_000);
  expect(await world.status(id)).toBe('queued');
  await world.advance(479_000);
  expect(await world.status(waits)).toBe('queued');
  await world.advance(1_000);
  expect(await world.status(waits)).toBe('done');
});

test('END-3: the wrap-up runs on while the server is away', async () => {
  const { world, id } = await wrapping();
  await world.advance(20_000);
  world.restart();
  await world.advance(30_000);
  await world.route();
  expect(await world.status(id)).toBe('wrapping');
  await world.advance(10_000);
  expect(await world.status(id)).toBe('done');
});

test('after a restart the waiting ones are where they were', async () => {
  const world = await new Spine().route();
  const first = await world.comes('ana');
  await world.advance(10);
  const second = await world.comes('eve');
  await world.restart().route();
  await world.ready('bo');
  expect(await world.status(first)).toBe('offered to bo');
  expect(await world.status(second)).toBe('queued');
});

test('what is stored while the router reads is heard, of streams it read before and after', async () => {
  const world = new Spine();
  await world.ready('bo');
  const id = await world.comes('ana');
  const routing = world.route();
  const late = world.handle(byCustomer('eve'), {
    type: 'start',
    queue: 'orders' as never,
    language: 'en',
  });
  await Promise.all([routing, late]);
  await world.clock.settle();
  expect(await world.status(id)).toBe('offered to bo');
  await world.ready('cy');
  const answer = await late;
  const other = answer.type === 'ack' ? answer.stream.slice('interaction:'.length) : '';
  expect(await world.status(other)).toBe('offered to cy');
});

test('ROUTE-3: who signed out before a restart and in again after it is not the longest waiting', async () => {
  const world = await new Spine({ agent: { limits: chatsOnly(4) } }).route();
  await world.ready('bo');
  const id = await world.comes('ana');
  await world.answer('accept', 'bo', id);
  await world.ask(byCustomer('ana'), on('leave', id));
  await world.advance(60_000);
  await world.ready('az');
  await world.ask(by('az'), setStatus('not-ready'));
  await world.ask(by('bo'), { type: 'sign-out' });
  await world.restart().route();
  await world.ready('bo', 'az');
  expect(await world.status(await world.comes('eve'))).toBe('offered to az');
  const bo = await world.agent('bo');
  expect(bo.lastAcceptedAt).toBeGreaterThan(0);
});

test('ROUTE-3: signed in after a restart, what an agent accepted before it still counts', async () => {
  const world = await new Spine().route();
  await world.ready('az', 'bo');
  const first = await world.comes('ana');
  expect(await world.status(first)).toBe('offered to az');
  await world.answer('accept', 'az', first);
  await world.ask(byCustomer('ana'), on('leave', first));
  await world.advance(60_000);
  await world.ask(by('az'), { type: 'sign-out' });
  await world.ask(by('bo'), { type: 'sign-out' });
  await world.restart().route();
  await world.ready('az', 'bo');
  expect(await world.status(await world.comes('eve'))).toBe('offered to bo');
});

test('after a stall of the event loop of more than a second nobody is punished', async () => {
  const { world, id, stream } = await ringing();
  await world.answer('offer-shown', 'bo', id);
  await world.advance(44_000);
  world.skew = 1_500;
  await world.advance(300);
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
  expect(await count(world, stream, 'rescinded')).toBe(1);
  expect(await world.status(id)).toBe('offered to bo');
});

test('nobody is punished either when the first thing due after a stall is somebody’s deadline', async () => {
  const { world, id } = await ringing();
  await world.answer('offer-shown', 'bo', id);
  await world.advance(100);
  await world.ready('cy');
  const other = await world.comes('eve');
  expect(await world.status(other)).toBe('offered to cy');
  await world.advance(2_950);
  world.skew = 60_000;
  await world.advance(300);
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
  expect((await world.agent('cy')).canShow).toBe(true);
  expect(await world.status(id)).toMatch(/^offered to/);
});

test('nobody of a full house is punished after a stall, however long it takes to look at everybody', async () => {
  const world = await new Spine().route();
  const names = Array.from({ length: 110 }, (_, n) => `agent${n}`);
  await world.ready(...names);
  for (const name of names) {
    const id = await world.comes(`customer of ${name}`);
    const { status } = (await world.interaction(id))!;
    await world.answer('offer-shown', status.name === 'offered' ? status.agent : 'nobody', id);
  }
  world.skew = 60_000;
  await world.advance(300);
  const statuses = await Promise.all(names.map((name) => world.agent(name)));
  expect(statuses.map((one) => one.channels.chat.status)).toEqual(names.map(() => 'ready'));
});

test('nobody of a full house is punished either whose customer moves while everybody is looked at', async () => {
  const world = await new Spine().route();
  const names = Array.from({ length: 110 }, (_, n) => `agent${n}`);
  await world.ready(...names);
  const ids: string[] = [];
  for (const name of names) {
    const id = await world.comes(`customer of ${name}`);
    const { status } = (await world.interaction(id))!;
    await world.answer('offer-shown', status.name === 'offered' ? status.agent : 'nobody', id);
    ids.push(id);
  }
  world.skew = 60_000;
  const last = ids.at(-1) as string;
  for (let ms = 0; ms <= 250; ms++)
    world.clock.at(world.clock.now() + ms, () => {
      void world.handle(bySystem, on(ms % 2 === 0 ? 'customer-gone' : 'customer-back', last));
    });
  await world.advance(300);
  const statuses = await Promise.all(names.map((name) => world.agent(name)));
  expect(statuses.map((one) => one.channels.chat.status)).toEqual(names.map(() => 'ready'));
});

test('nobody is punished either when the disk fails just after a stall, and the customer moves', async () => {
  let away = false;
  const { world, id, stream } = await ringing({
    hooks: { commit: (run) => run(away ? 'failed' : 'stored') },
  });
  await world.answer('offer-shown', 'bo', id);
  away = true;
  world.skew = 60_000;
  await world.advance(300);
  away = false;
  await world.ask(bySystem, on('customer-gone', id));
  await world.advance(300);
  expect((await world.agent('bo')).channels.chat.status).toBe('ready');
  await world.advance(1_000);
  expect(await count(world, stream, 'rescinded')).toBe(1);
});

test('STATE-8: after a stall the time to come back starts anew', async () => {
  const { world, id } = await talking();
  await world.silence('bo');
  await world.advance(110_000);
  world.skew = 30_000;
  await world.advance(300);
  expect(await world.status(id)).toBe('active with bo');
  await world.advance(119_000);
  expect(await world.status(id)).toBe('active with bo');
  await world.advance(1_000);
  expect(await world.status(id)).toBe('queued');
});

test('a short hiccup is no stall: deadlines run on', async () => {
  const { world, id } = await ringing();
  await world.answer('offer-shown', 'bo', id);
  await world.advance(44_000);
  world.skew = 900;
  await world.advance(1_000);
  expect(await world.status(id)).toBe('queued');
  expect((await world.agent('bo')).channels.chat.status).toBe('rona');
});

test('nothing that is over is kept in memory', async () => {
  const { world, id } = await wrapping();
  await world.advance(60_000);
  expect(await world.status(id)).toBe('done');
  expect(world.router.size()).toEqual({ interactions: 0, agents: 1, deadlines: 0, known: 1 });
  await world.ask(byCustomer('ana'), post(id));
  await world.ask(bySystem, on('customer-gone', id));
  expect(world.router.size()).toEqual({ interactions: 0, agents: 1, deadlines: 0, known: 1 });
});
