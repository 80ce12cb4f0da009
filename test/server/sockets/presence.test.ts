import { expect, test, vi } from 'vitest';
import { interactionStream, type OfferId } from '../../../protocol/ids.ts';
import { createRouter } from '../../../server/router/router.ts';
import { openAtStart } from '../../../server/sockets/open-at-start.ts';
import { plainAgent, statusCommand } from '../../channels.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { ana, queue, type Server, server } from './world.ts';

const types = ({ disk }: Server, interaction: string) =>
  disk.streams
    .get(interactionStream(interaction as never))!
    .events.map(({ event }) => event.body.type)
    .filter((type) => type.startsWith('customer-'));

test('CHAT-12: the customer is away when the last tab has closed, and back with the next', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  const second = await world.tab();
  tab.close();
  await world.clock.settle();
  expect(types(world, interaction)).toEqual([]);
  second.close();
  await world.clock.settle();
  expect(types(world, interaction)).toEqual(['customer-away']);
  await world.tab();
  await world.clock.settle();
  expect(types(world, interaction)).toEqual(['customer-away', 'customer-returned']);
});

test('CHAT-12: a page change that is faster than the store ends with what is so', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  world.weather.away = true;
  tab.close();
  await world.clock.settle();
  world.weather.away = false;
  const next = await world.tab();
  await world.clock.advance(3_000);
  const state = await world.handle.interaction(interaction);
  expect(state?.presence).toEqual({ name: 'here' });
  next.close();
  await world.clock.settle();
  expect((await world.handle.interaction(interaction))?.presence.name).toBe('away');
});

test('while the store is away nobody is forgotten: it is told when it is back', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  world.weather.away = true;
  tab.close();
  await world.clock.advance(10_000);
  expect(types(world, interaction)).toEqual([]);
  world.weather.away = false;
  await world.clock.advance(2_000);
  expect(types(world, interaction)).toEqual(['customer-away']);
  expect(world.sessions.size().customers).toBe(0);
});

test('nobody is told away from a conversation that is over', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  await desk.command({ type: 'end', interaction });
  const before = world.asked.length;
  tab.close();
  await world.clock.advance(60_000);
  expect(world.asked.slice(before).map(({ type }) => type)).not.toContain('customer-gone');
  expect(world.sessions.size().customers).toBe(0);
});

test('STATE-8: 25 seconds without a frame make an agent unreachable, a heartbeat is enough', async () => {
  const world = await server();
  const desk = await world.desk();
  for (let n = 0; n < 5; n++) {
    await world.clock.advance(20_000);
    desk.send({ type: 'heartbeat' });
  }
  expect((await world.handle.agent(ana)).state.reach.reachable).toBe(true);
  await world.clock.advance(24_900);
  expect((await world.handle.agent(ana)).state.reach.reachable).toBe(true);
  await world.clock.advance(100);
  expect((await world.handle.agent(ana)).state.reach.reachable).toBe(false);
  expect(world.sessions.size().desks).toBe(0);
});

test.each([25_500, 51_000, 90_000])(
  'STATE-8, CHAT-12: nobody who goes on speaking while the server stands still is away (%i ms)',
  async (ms) => {
    const house = holdClock(1_800_000_000_000);
    const process = house.process();
    const clock = { ...house, now: process.now, at: process.at, soon: process.soon };
    const world = await server({ clock });
    const { desk, tab } = await world.talking();
    const before = world.asked.length;
    process.freeze();
    for (let left = ms; left > 0; left -= 10_000) {
      await house.advance(Math.min(left, 10_000));
      process.run(() => desk.send({ type: 'heartbeat' }));
      process.run(() => tab.send({ type: 'heartbeat' }));
    }
    await process.thaw();
    await house.settle();
    expect([desk.closed(), tab.closed()]).toEqual([null, null]);
    expect(world.asked.slice(before)).toEqual([]);
    await house.advance(60_000);
    expect([desk.closed(), tab.closed()]).toEqual([1001, 1001]);
  },
);

test('STATE-8: a desk that comes back in time was never away', async () => {
  const world = await server();
  const desk = await world.desk();
  await world.clock.advance(10_000);
  desk.close();
  await world.clock.advance(10_000);
  const back = await world.desk(ana, { agentSeq: 3 });
  await world.clock.advance(20_000);
  expect(back.events()).toEqual([]);
  expect(world.asked.map(({ type }) => type)).not.toContain('agent-silent');
});

test('STATE-11: a desk that is refused doesn’t count as heard, nor as silent', async () => {
  const world = await server();
  const desk = await world.desk();
  await world.clock.advance(24_000);
  await world.desk(ana, { desk: 'another' as never });
  await world.clock.advance(1_000);
  expect((await world.handle.agent(ana)).state.reach.reachable).toBe(false);
  expect(desk.closed()).not.toBe(null);
});

test('STATE-8, CHAT-12: after a restart an agent is unreachable until the desk says hello, a customer has the full time to come back', async () => {
  const world = await server();
  const { interaction } = await world.talking();
  const other = await world.waiting('other');
  world.sessions.close();

  const next = await server({ disk: world.disk });
  await next.sessions.expect(await openAtStart(next.store, next.handle.keep));
  expect(next.asked).toEqual([{ type: 'agent-silent', agent: ana }]);
  expect((await next.handle.agent(ana)).state).toMatchObject({
    reach: { reachable: false },
    channels: { chat: { status: 'ready' } },
  });
  await next.clock.advance(20_000);
  await next.tab('other');
  await next.clock.advance(30_000);
  expect(next.asked.slice(1)).toEqual([{ type: 'customer-gone', interaction }]);
  expect(types(next, other.interaction)).toEqual([]);
});

test('ROUTE-6, CHAT-12: who has left a message as well is still told away from their conversation, also after a restart', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  await tab.command({
    ...{ type: 'leave-message', interaction: null, queue, language: 'en' },
    ...{ email: 'me@customers.example', text: 'please write' },
  });
  tab.close();
  await world.clock.settle();
  expect(types(world, interaction)).toEqual(['customer-away']);
  const back = await world.tab();
  await world.clock.settle();
  world.sessions.close();
  back.close();

  const next = await server({ disk: world.disk });
  await next.sessions.expect(await openAtStart(next.store, next.handle.keep));
  await next.clock.advance(50_000);
  expect(next.asked).toEqual([{ type: 'customer-gone', interaction }]);
  expect(next.sessions.size().customers).toBe(0);
});

test('ROUTE-10: who comes back after a restart finds their conversation in memory; one that is over is looked up', async () => {
  const world = await server();
  const { interaction } = await world.waiting();
  const gone = await world.waiting('gone');
  world.sessions.close();

  const next = await server({ disk: world.disk });
  const looked = ['load', 'streamByKey'] as const;
  const spies = looked.map((name) => vi.spyOn(next.store, name));
  await next.sessions.expect(await openAtStart(next.store, next.handle.keep));
  const back = await next.tab();
  expect(back.last('welcome')?.interaction).toBe(interaction);
  await next.clock.settle();
  expect(spies.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);

  const other = await next.tab('gone');
  await other.command({ type: 'leave', interaction: gone.interaction });
  const again = await next.tab('gone');
  expect(again.last('welcome')?.interaction).toBe(null);
  expect(spies[1]?.mock.calls).toHaveLength(1);
});

test('ROUTE-6: who leaves a message hears of it, and of their conversation as before', async () => {
  const world = await server();
  const { tab, interaction } = await world.waiting();
  const { stream } = await tab.command({
    ...{ type: 'leave-message', interaction: null, queue, language: 'en' },
    ...{ email: 'me@customers.example', text: 'please write' },
  });
  const heard = () =>
    tab
      .of('batch')
      .flatMap(({ parts }) =>
        parts.flatMap((part) =>
          part.of === 'interaction'
            ? part.events.map(({ seq }) => `${part.interaction} ${seq}`)
            : [],
        ),
      );
  const message = stream.slice('interaction:'.length);
  expect(heard()).toEqual([
    ...[1, 2].map((seq) => `${interaction} ${seq}`),
    ...[1, 2, 3].map((seq) => `${message} ${seq}`),
  ]);
  await tab.command({ type: 'post', interaction, text: 'still here' });
  expect(heard().at(-1)).toBe(`${interaction} 3`);
});

test('OFFER-1: after a restart nothing is offered before the desk says hello, and then at once', async () => {
  const world = await server();
  const desk = await world.desk();
  await desk.command(statusCommand('ready'));
  const { interaction } = await world.waiting();
  world.sessions.close();

  const next = await server({ disk: world.disk });
  await next.sessions.expect(await openAtStart(next.store, next.handle.keep));
  await route(next);
  await next.clock.advance(10_000);
  expect((await next.handle.interaction(interaction))?.status.name).toBe('queued');
  const back = await next.desk();
  await next.clock.advance(0);
  expect((await next.handle.interaction(interaction))?.status).toMatchObject({
    name: 'offered',
    agent: ana,
  });
  expect(back.events()).toEqual(['offer-made']);
  const { channels, canShow, rejectsInRow } = (await next.handle.agent(ana)).state;
  expect([channels.chat.status, canShow, rejectsInRow]).toEqual(['ready', true, 0]);
});

async function route(world: Server): Promise<void> {
  const { store, handle, clock, bus, follow, newCommandId } = world;
  await createRouter({
    ...{ store, handle, clock, bus, onEvents: follow.onEvents, newCommand: newCommandId },
    newOffer: () => 'offer-1' as OfferId,
    setup: {
      queue: () => ({ steps: [{ afterMs: 0, skills: [] }], bestProficiency: false }),
      queues: () => [queue],
      skills: () => ({}),
      agents: () => [ana],
      name: (agent) => agent,
      teams: () => [],
      limits: () => plainAgent,
      opening: () => ({ open: true, until: null }),
    },
    policy: () => ({ customerLeftMs: 600_000, overflow: null, leaveMessage: true }),
    liveness: () => ({ ownerAwayMs: 60_000, ownerLostMs: 120_000, unreachableMs: 600_000 }),
  }).start();
}

test('sockets that close because the server stops tell nobody away', async () => {
  const world = await server();
  const { desk, tab } = await world.talking();
  const before = world.asked.length;
  world.sessions.close();
  desk.close();
  tab.close();
  await world.clock.advance(60_000);
  expect(world.asked).toHaveLength(before);
});
