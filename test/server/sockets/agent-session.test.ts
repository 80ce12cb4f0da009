import { expect, test } from 'vitest';
import {
  agentStream,
  type DeskId,
  type InteractionId,
  interactionStream,
} from '../../../protocol/ids.ts';
import { closeCodes } from '../../../protocol/refusals.ts';
import { StoreUnavailable } from '../../../server/store/contract.ts';
import { statusCommand } from '../../channels.ts';
import { agentHello, ana, server } from './world.ts';

const cursorOf = (interaction: InteractionId, seq: number, epoch = 1) => ({
  interaction,
  seq,
  epoch,
});

test('a new desk is welcomed with a snapshot and then told what happens', async () => {
  const { desk, tab, interaction } = await (await server()).talking();
  expect(desk.frames[0]).toMatchObject({
    type: 'welcome',
    protocol: 2,
    agent: { id: ana, name: 'Ana', role: 'agent' },
    limits: { chat: 4 },
    snapshot: { seq: 3, channels: { chat: { status: 'not-ready' } }, memberships: [] },
  });
  await tab.command({ type: 'post', interaction, text: 'Hello' });
  await desk.command({ type: 'post', interaction, text: 'Hello Carla' });
  expect(desk.events().slice(-2)).toEqual(['Hello', 'Hello Carla']);
  expect(tab.events().slice(-2)).toEqual(['Hello', 'Hello Carla']);
});

test('OFFER-2: a snapshot holds the words of the offer that rings', async () => {
  const world = await server();
  const desk = await world.desk();
  await desk.command(statusCommand('ready'));
  const { interaction } = await world.waiting();
  await world.system({
    type: 'offer',
    interaction,
    agent: ana,
    offer: 'offer-1' as never,
    why: { reason: 'only', skills: [], candidates: 1, step: 0, passedOver: {} },
  });
  const again = await world.desk();
  expect(again.last('welcome')).toMatchObject({
    snapshot: { offers: [{ interaction, offer: 'offer-1', content: { name: 'carla' } }] },
  });
});

test('a desk whose cursors are good gets what it missed, and no snapshot', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const agentSeq = world.disk.streams.get(agentStream(ana))!.events.length;
  const seq = world.disk.streams.get(interactionStream(interaction))!.events.length;
  desk.close();
  await tab.command({ type: 'post', interaction, text: 'are you there?' });
  const again = await world.desk(ana, { agentSeq, cursors: [cursorOf(interaction, seq)] });
  expect(again.last('welcome')).toMatchObject({ snapshot: null });
  expect(again.events()).toEqual(['are you there?']);
  expect(again.of('batch')[0]?.parts[0]).toMatchObject({ epoch: 1, after: seq, upTo: seq + 1 });
});

test('what was granted while the desk was away comes by the grant', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  desk.close();
  const again = await world.desk(ana, { agentSeq: 4 });
  expect(again.last('welcome')).toMatchObject({ snapshot: null });
  expect(again.events()).toContain('granted');
  await tab.command({ type: 'post', interaction, text: 'hello' });
  expect(again.events().at(-1)).toBe('hello');
});

test('what was taken away while the desk was away comes up to its end, and nothing after it', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const agentSeq = world.disk.streams.get(agentStream(ana))!.events.length;
  const seq = world.disk.streams.get(interactionStream(interaction))!.events.length;
  await tab.command({ type: 'post', interaction, text: 'last words' });
  desk.close();
  await world.system({ type: 'agent-silent', agent: ana });
  const { since } = (await world.handle.agent(ana)).state.reach;
  await world.system({ type: 'owner-lost', interaction, agent: ana, since });
  await tab.command({ type: 'post', interaction, text: 'anybody?' });
  const again = await world.desk(ana, { agentSeq, cursors: [cursorOf(interaction, seq)] });
  expect(again.last('welcome')).toMatchObject({ snapshot: null });
  expect(again.events()).toEqual([
    'unreachable',
    'last words',
    'owner-lost',
    'queued',
    'revoked',
    'reachable',
  ]);
});

test.each([
  ['it is new', { agentSeq: 0 }],
  ['it comes from another history', { agentSeq: 99 }],
  ['it holds no copy of what its agent held already', { agentSeq: 7, cursors: [] }],
  [
    'its copy is of another membership',
    { agentSeq: 7, cursors: [cursorOf('i-5' as InteractionId, 3, 7)] },
  ],
])('a desk starts from a snapshot when %s', async (_, hello) => {
  const world = await server();
  const { desk, interaction } = await world.talking();
  desk.close();
  const again = await world.desk(ana, hello);
  expect(again.last('welcome')?.snapshot).toMatchObject({
    memberships: [{ interaction, epoch: 1 }],
  });
  const parts = again.of('batch').flatMap(({ parts }) => parts);
  expect(parts).toMatchObject([{ of: 'interaction', interaction, epoch: 1, after: 0 }]);
});

test('a desk that is far behind starts from a snapshot', async () => {
  const world = await server();
  const desk = await world.desk();
  for (let n = 0; n < 260; n++) {
    await desk.command(statusCommand('ready'));
    await desk.command(statusCommand('not-ready', 'lunch'));
  }
  const seq = world.disk.streams.get(agentStream(ana))!.events.length;
  desk.close();
  const near = await world.desk(ana, { agentSeq: seq - 500 });
  expect(near.last('welcome')).toMatchObject({ snapshot: null });
  expect(near.events()).toHaveLength(500);
  const far = await world.desk(ana, { agentSeq: seq - 501 });
  expect(far.last('welcome')).toMatchObject({ snapshot: { seq } });
});

test('STATE-11: another desk is refused until it claims; then the older one is told and closed', async () => {
  const world = await server();
  const older = await world.desk();
  const newer = await world.desk(ana, { desk: 'another' as DeskId });
  expect(newer.last('refused')).toMatchObject({ refusal: 'open-elsewhere' });
  expect(newer.closed()).toBe(closeCodes['open-elsewhere']);
  expect(older.closed()).toBe(null);
  const claiming = await world.desk(ana, { desk: 'another' as DeskId, claim: true });
  expect(claiming.closed()).toBe(null);
  expect(claiming.last('welcome')).toBeDefined();
  expect(older.last('refused')).toMatchObject({ refusal: 'open-elsewhere' });
  expect(older.closed()).toBe(closeCodes['open-elsewhere']);
});

test('STATE-11: the history of earlier desks closes nobody', async () => {
  const world = await server();
  await world.desk();
  await world.desk(ana, { desk: 'another' as DeskId, claim: true });
  const back = await world.desk(ana, { claim: true, agentSeq: 3 });
  expect(back.events()).toEqual(['signed-in', 'signed-in']);
  expect(back.closed()).toBe(null);
});

test('STATE-8: a desk that was given up as silent says hello again', async () => {
  const world = await server();
  const desk = await world.desk();
  await world.system({ type: 'agent-silent', agent: ana });
  await world.clock.settle();
  expect(desk.closed()).toBe(closeCodes['going-away']);
  const again = await world.desk(ana, { agentSeq: 3 });
  expect(again.events()).toEqual(['unreachable', 'reachable']);
});

test('STATE-9: signed out, the desk gets its last events and is closed', async () => {
  const world = await server();
  const desk = await world.desk();
  desk.acknowledge(false);
  await desk.command({ type: 'sign-out' });
  expect(desk.closed()).toBe(null);
  expect(desk.events()).toEqual(['status-changed', 'signed-out']);
  desk.send({ type: 'got', batch: 1 });
  expect(desk.closed()).toBe(closeCodes['signed-out']);
});

test('a revoked sign-in closes its sockets and no others', async () => {
  const world = await server();
  const desk = await world.desk();
  world.bus.tell({ type: 'session-over', session: 'session-token-ben' });
  await world.clock.settle();
  expect(desk.closed()).toBe(null);
  world.bus.tell({ type: 'session-over', session: 'session-token-ana' });
  await world.clock.settle();
  expect(desk.closed()).toBe(closeCodes['not-signed-in']);
});

test('TRUST-3: a command is acknowledged when it is stored, and not before', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  world.weather.away = true;
  expect(await desk.refusal({ type: 'post', interaction, text: 'hello' })).toMatchObject({
    refusal: 'try-later',
    retryMs: expect.any(Number),
  });
  expect(tab.events()).not.toContain('hello');
  world.weather.away = false;
  await desk.command({ type: 'post', interaction, text: 'hello' });
  expect(tab.events()).toContain('hello');
});

test('TRUST-1: what is said behind something that must be tried again must be tried again, too', async () => {
  const world = await server();
  const { desk, interaction } = await world.talking();
  const { append } = world.store;
  // One commit fails, the store is there again at once.
  world.store.append = () => {
    world.store.append = append;
    return Promise.reject(new StoreUnavailable('once'));
  };
  const ids = ['first', 'second', 'third'].map((name) => `command-${name}-000000`);
  const sendAll = () => {
    for (const id of ids)
      desk.send({ type: 'command', id, command: { type: 'post', interaction, text: id } });
  };
  sendAll();
  await world.clock.settle();
  expect(desk.of('refused').map(({ id, refusal }) => [id, refusal])).toEqual(
    ids.map((id) => [id, 'try-later']),
  );
  sendAll();
  await world.clock.settle();
  expect(desk.events().slice(-3)).toEqual(ids);
});

test('TRUST-2: a command that is sent twice has one effect and the same answer', async () => {
  const { desk, tab, interaction } = await (await server()).talking();
  const id = 'command-once-0000000' as never;
  const first = await desk.command({ type: 'post', interaction, text: 'once' }, id);
  desk.send({ type: 'command', id, command: { type: 'post', interaction, text: 'once' } });
  await desk.command({ type: 'can-show' });
  expect(desk.of('ack').filter((ack) => ack.id === id)).toEqual([first, first]);
  expect(tab.events().filter((text) => text === 'once')).toHaveLength(1);
});

test('a gap is filled: the stream is sent again from where the desk is', async () => {
  const { desk, tab, interaction } = await (await server()).talking();
  await tab.command({ type: 'post', interaction, text: 'hello' });
  const stream = interactionStream(interaction);
  const before = desk.of('batch').length;
  desk.send({ type: 'from', stream, epoch: 1, after: 2 });
  await desk.command({ type: 'can-show' });
  expect(desk.of('batch')[before]?.parts).toMatchObject([{ interaction, after: 2 }]);
  desk.send({ type: 'from', stream, epoch: 3, after: 2 });
  expect(desk.last('refused')).toMatchObject({ id: null, refusal: 'out-of-date' });
  desk.send({ type: 'from', stream: 'interaction:somebody-elses', epoch: 1, after: 0 });
  expect(desk.last('refused')).toMatchObject({ id: null, refusal: 'unknown-interaction' });
  desk.send({ type: 'from', stream: 'agent:ben', epoch: 0, after: 0 });
  expect(desk.last('refused')).toMatchObject({ id: null, refusal: 'unknown-interaction' });
});

test('both sides hear from each other every ten seconds, and who is silent is closed', async () => {
  const world = await server();
  const desk = await world.desk();
  await world.clock.advance(10_000);
  expect(desk.last('heartbeat')).toEqual({ type: 'heartbeat', now: world.clock.now() });
  desk.send({ type: 'heartbeat' });
  await world.clock.advance(24_000);
  expect(desk.of('heartbeat')).toHaveLength(3);
  expect(desk.closed()).toBe(null);
  await world.clock.advance(1_000);
  expect(desk.closed()).toBe(closeCodes['going-away']);
});

test('TRUST-5: who doesn’t acknowledge, or lets too much wait, is closed and may resume', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  desk.acknowledge(false);
  await tab.command({ type: 'post', interaction, text: 'one' });
  for (let n = 0; n < 7; n++) {
    await world.clock.advance(9_000);
    desk.send({ type: 'heartbeat' });
    tab.send({ type: 'heartbeat' });
  }
  expect(desk.closed()).toBe(closeCodes['too-slow']);
  expect(tab.closed()).toBe(null);
  tab.unsent(2 * 1024 * 1024);
  await world.clock.advance(20_000);
  expect(tab.closed()).toBe(closeCodes['too-slow']);
});

test('TRUST-5: more commands than a person can give are put off, in their order', async () => {
  const world = await server({ limits: { agentCommandsBurst: 3, agentCommandsPerSecond: 1_000 } });
  const desk = await world.desk();
  for (let n = 0; n < 5; n++)
    desk.send({ type: 'command', id: `command-${n}-0000000000`, command: { type: 'can-show' } });
  await world.clock.advance(5);
  // There is room again, but the fourth and the fifth come first.
  desk.send({ type: 'command', id: 'command-5-0000000000', command: { type: 'can-show' } });
  await world.clock.settle();
  expect(desk.of('ack')).toHaveLength(3);
  expect(desk.of('refused')).toMatchObject(
    [3, 4, 5].map((n) => ({
      id: `command-${n}-0000000000`,
      refusal: 'too-many',
      retryMs: expect.any(Number),
    })),
  );
  await world.clock.advance(200);
  desk.send({ type: 'command', id: 'command-3-0000000000', command: { type: 'can-show' } });
  await world.clock.settle();
  expect(desk.of('ack')).toHaveLength(4);
});

test('CHAT-4: typing is told to the other side only, at most every three seconds', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const second = await world.tab();
  desk.send({ type: 'typing', interaction });
  desk.send({ type: 'typing', interaction });
  await world.clock.settle();
  const typing = { type: 'typing', interaction, by: 'agent', name: 'Ana' };
  expect(tab.of('typing')).toEqual([typing]);
  expect(second.of('typing')).toEqual([typing]);
  expect(desk.of('typing')).toEqual([]);
  await world.clock.advance(3_000);
  desk.send({ type: 'typing', interaction });
  tab.send({ type: 'typing', interaction });
  await world.clock.settle();
  expect(tab.of('typing')).toHaveLength(2);
  expect(desk.of('typing')).toEqual([{ type: 'typing', interaction, by: 'customer', name: null }]);
});

test('TRUST-4: nobody types into an interaction that is not theirs', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  const other = await world.waiting('other');
  desk.send({ type: 'typing', interaction: other.interaction });
  other.tab.send({ type: 'typing', interaction });
  const refused = { id: null, refusal: 'unknown-interaction' };
  expect(desk.last('refused')).toMatchObject(refused);
  expect(other.tab.last('refused')).toMatchObject(refused);
  await world.clock.settle();
  expect(tab.of('typing')).toEqual([]);
});

test('a socket that dies while it is greeted leaves nothing behind', async () => {
  const world = await server();
  const desk = world.agent();
  desk.send(agentHello());
  while (world.asked.length === 0) await Promise.resolve();
  desk.close();
  await world.clock.settle();
  expect(desk.frames).toEqual([]);
  expect(world.feed.size()).toMatchObject({ readers: 0, streams: 0 });
  expect(world.sessions.size().listeners).toBe(0);
  await world.clock.advance(25_000);
  expect(world.asked.map(({ type }) => type)).toEqual(['desk-connected', 'agent-silent']);
  expect((await world.handle.agent(ana)).state.reach.reachable).toBe(false);
});

test('while the store is away a desk is asked to come back later', async () => {
  const world = await server();
  world.weather.away = true;
  const desk = await world.desk();
  expect(desk.last('refused')).toMatchObject({ refusal: 'try-later' });
  expect(desk.closed()).toBe(closeCodes['try-later']);
});
