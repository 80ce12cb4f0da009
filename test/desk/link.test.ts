import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../protocol/ids.ts';
import { closeCodes } from '../../protocol/refusals.ts';
import { commandsIn, linkWorld, settled } from './link-world.ts';
import {
  accepted,
  account,
  agentPart,
  at,
  chat1,
  chat2,
  commandId,
  fromCustomer,
  granted,
  interactionPart,
  started,
  T,
  welcome,
} from './parts.ts';

const chat1Granted = [
  agentPart(0, granted()),
  interactionPart(chat1, 0, started, fromCustomer('hello'), accepted),
] as const;

describe('hello and welcome', () => {
  test('the first hello claims the agent and holds nothing', async () => {
    const world = await linkWorld();
    world.socket().open();
    expect(world.socket().sent).toEqual([
      {
        type: 'hello',
        protocol: 2,
        token: 'token-1',
        desk: 'desk-1',
        claim: true,
        agentSeq: 0,
        cursors: [],
      },
    ]);
    expect(world.states).toEqual(['connecting']);
  });

  test('after the welcome is on the disk it is live, and the next hello says what is held', async () => {
    const world = await linkWorld();
    await world.welcomed();
    expect(world.states).toEqual(['connecting', 'live']);
    expect(await world.disk.fact('connection')).toEqual({ state: 'live', downSince: null });
    await world.batch(1, ...chat1Granted);
    await world.socket().close(1006);
    expect(await world.disk.fact('connection')).toEqual({ state: 'connecting', downSince: T });
    await world.advance(300);
    world.socket().open();
    expect(world.socket().sent).toMatchObject([
      { claim: false, agentSeq: 1, cursors: [{ interaction: chat1, epoch: 1, seq: 3 }] },
    ]);
  });

  test('nobody signed in: nothing is connected, until somebody is', async () => {
    const world = await linkWorld({ signedIn: false });
    expect(world.sockets).toEqual([]);
    expect(world.states).toEqual(['signed-out']);
    await world.disk.signIn(account);
    world.link().wake();
    await settled();
    expect(world.sockets).toHaveLength(1);
  });

  test('a server that opens but never welcomes is given up after 10 s', async () => {
    const world = await linkWorld();
    world.socket().open();
    await world.advance(9_999);
    expect(world.socket().closedWith()).toBeUndefined();
    await world.advance(1);
    expect(world.sockets[0]?.closedWith()).toBeNull();
    await world.advance(300);
    expect(world.sockets).toHaveLength(2);
  });

  test('server time is kept with this machine’s, and again when they drift apart', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed({ now: T + 5_000 });
    expect(await world.disk.fact('time')).toEqual({ serverNow: T + 5_000, at: T });
    await world.advance(10_000);
    await socket.say({ type: 'heartbeat', now: T + 15_100 });
    expect(await world.disk.fact('time')).toEqual({ serverNow: T + 5_000, at: T });
    await socket.say({ type: 'heartbeat', now: T + 16_000 });
    expect(await world.disk.fact('time')).toEqual({ serverNow: T + 16_000, at: T + 10_000 });
  });
});

describe('batches', () => {
  test('TRUST-3: a batch is acknowledged only when it is on the disk', async () => {
    const held: (() => void)[] = [];
    let hold = false;
    const world = await linkWorld({ commits: (commit) => (hold ? held.push(commit) : commit()) });
    const socket = await world.welcomed();
    hold = true;
    await world.batch(7, ...chat1Granted);
    expect(socket.sent.filter(({ type }) => type === 'got')).toEqual([]);
    hold = false;
    for (const commit of held) commit();
    await settled();
    expect(socket.sent.at(-1)).toEqual({ type: 'got', batch: 7 });
  });

  test('on a gap the stream is asked for from the cursor, before the batch is acknowledged', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.batch(2, interactionPart(chat1, 5, fromCustomer('later')));
    expect(socket.sent.slice(-2)).toEqual([
      { type: 'from', stream: `interaction:${chat1}`, epoch: 1, after: 3 },
      { type: 'got', batch: 2 },
    ]);
  });

  test('an epoch that isn’t granted yet is asked for once, and again when it is', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    const asked = () => socket.sent.filter(({ type }) => type === 'from');
    await world.batch(1, interactionPart(chat1, 0, started));
    await world.batch(2, interactionPart(chat1, 0, started));
    expect(asked()).toHaveLength(2);
    await world.batch(3, agentPart(0, granted()));
    expect(asked().slice(2)).toEqual([
      { type: 'from', stream: `interaction:${chat1}`, epoch: 1, after: 0 },
    ]);
    await world.batch(4, interactionPart(chat1, 0, started));
    expect((await world.disk.interaction(chat1))?.seq).toBe(1);
  });

  test('what an older connection still brings is ignored', async () => {
    const world = await linkWorld();
    const old = await world.welcomed();
    await old.close(1006);
    await world.advance(300);
    await world.welcomed();
    await old.say({ type: 'batch', batch: 1, parts: [...chat1Granted] });
    expect(await world.disk.interaction(chat1)).toBeNull();
  });

  test('a disk that fails ends the connection; the next one begins at what is stored', async () => {
    let fails = true;
    const world = await linkWorld({
      wrap: (disk) => ({
        ...disk,
        applyBatch: (parts) =>
          fails ? Promise.reject(new Error('disk full')) : disk.applyBatch(parts),
      }),
    });
    const socket = await world.welcomed();
    await world.batch(1, ...chat1Granted);
    expect(socket.closedWith()).toBeNull();
    expect(socket.sent.some(({ type }) => type === 'got')).toBe(false);
    fails = false;
    await world.advance(1_000);
    await world.welcomed({ snapshot: null });
    expect(world.socket().sent[0]).toMatchObject({ agentSeq: 0 });
    await world.batch(1, ...chat1Granted);
    expect((await world.disk.interaction(chat1))?.seq).toBe(3);
  });

  test('frames that are none end the connection; three times in a row, an update is needed', async () => {
    const world = await linkWorld();
    for (const text of ['{', '{"type":"nonsense"}', '{"type":"batch","batch":"one"}']) {
      world.socket().open();
      await world.socket().sayText(text);
      expect(world.socket().closedWith()).toBe(closeCodes['bad-frame']);
      await world.advance(2_000);
    }
    expect(world.states.at(-1)).toBe('update-needed');
  });

  test('marks are kept', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await socket.say({
      type: 'marks',
      interaction: chat1,
      reader: 'customer',
      delivered: 3,
      read: 2,
    });
    expect((await world.disk.interaction(chat1))?.customerMarks).toEqual({ delivered: 3, read: 2 });
  });
});

describe('heartbeat', () => {
  test('STATE-8: a heartbeat every 10 s, and nothing else on an idle desk', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    const before = socket.sent.length;
    for (let n = 1; n <= 6; n++) {
      await world.advance(10_000);
      await socket.say({ type: 'heartbeat', now: T + n * 10_000 });
    }
    expect(socket.sent.slice(before).map(({ type }) => type)).toEqual(Array(6).fill('heartbeat'));
    expect(world.clock.waiting()).toBe(1);
  });

  test('STATE-8: after 25 s of silence the connection counts as dead', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.advance(24_999);
    expect(socket.closedWith()).toBeUndefined();
    await world.advance(1);
    expect(socket.closedWith()).toBeNull();
    expect(world.states.at(-1)).toBe('connecting');
  });
});

describe('after a close', () => {
  const resuming = [1000, 1001, 1006, 1011, 4000, 4004, 4006, 4008, 4010, 4011, 4999] as const;
  test.each(resuming)('TRUST-1: %i resumes with the cursors', async (code) => {
    const world = await linkWorld();
    await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.socket().close(code);
    expect(world.states.at(-1)).toBe('connecting');
    await world.advance(1_000);
    world.socket().open();
    expect(world.sockets).toHaveLength(2);
    expect(world.socket().sent).toMatchObject([{ agentSeq: 1, cursors: [{ seq: 3 }] }]);
  });

  test.each([4002, 4003, 4005])(
    '%i needs an update, and looks again after a while',
    async (code) => {
      const world = await linkWorld();
      world.socket().open();
      await world.socket().close(code);
      expect(world.states.at(-1)).toBe('update-needed');
      await world.advance(59_999);
      expect(world.sockets).toHaveLength(1);
      await world.advance(1);
      expect(world.states.at(-1)).toBe('update-needed');
      await world.welcomed();
      expect(world.states.at(-1)).toBe('live');
    },
  );

  test('4001 asks for a fresh token at once; refused again, the sign-in is over and all is kept', async () => {
    const world = await linkWorld();
    await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.post(1, chat1);
    await world.socket().close(4001);
    expect(world.tokens).toEqual([false, true]);
    expect(world.sockets).toHaveLength(2);
    await world.socket().close(4001);
    expect(world.states.at(-1)).toBe('signed-out');
    expect(await world.disk.fact('account')).toMatchObject({ signedIn: false });
    expect(await world.disk.waiting(0)).toHaveLength(1);
    await world.disk.signIn(account);
    world.link().wake();
    await settled();
    await world.welcomed({ snapshot: null });
    expect(world.socket().sent[0]).toMatchObject({ type: 'hello', claim: true });
    expect(commandsIn(world.socket())).toContain(commandId(1));
  });

  test('4001 long after a fresh token asks for another one', async () => {
    const world = await linkWorld();
    for (let n = 0; n < 3; n++) {
      await world.welcomed();
      await world.socket().close(4001);
    }
    expect(world.tokens).toEqual([false, true, true, true]);
  });

  test('4012: the server has ended the session', async () => {
    const world = await linkWorld();
    await world.welcomed();
    await world.socket().close(4012);
    expect(world.states.at(-1)).toBe('signed-out');
    await world.advance(100_000);
    expect(world.sockets).toHaveLength(1);
  });

  test('STATE-11: open elsewhere it waits, keeps its outbox, and sends after taking back', async () => {
    const world = await linkWorld();
    await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.socket().close(4009);
    expect(world.states.at(-1)).toBe('open-elsewhere');
    await world.post(1, chat1);
    world.link().hurry();
    await world.advance(100_000);
    expect(world.sockets).toHaveLength(1);
    await world.disk.claim();
    world.link().wake();
    await settled();
    await world.welcomed({ snapshot: null });
    expect(world.socket().sent[0]).toMatchObject({ type: 'hello', claim: true });
    expect(commandsIn(world.socket())).toContain(commandId(1));
  });

  test('delays double up to 4 s, and chance spreads them over their second half', async () => {
    const delays = async (random: () => number) => {
      const world = await linkWorld({ random });
      const found: number[] = [];
      for (let n = 0; n < 6; n++) {
        const from = world.clock.now();
        await world.socket().close(1006);
        const known = world.sockets.length;
        while (world.sockets.length === known) await world.advance(10);
        found.push(world.clock.now() - from);
      }
      return found;
    };
    expect(await delays(() => 1)).toEqual([300, 600, 1_200, 2_400, 4_000, 4_000]);
    expect(await delays(() => 0)).toEqual([150, 300, 600, 1_200, 2_000, 2_000]);
  });

  test('a connection that held is a good one: the next attempt comes soon', async () => {
    const world = await linkWorld();
    for (let n = 0; n < 5; n++) {
      await world.socket().close(1006);
      await world.advance(4_000);
    }
    await world.welcomed();
    await world.advance(5_000);
    await world.socket().close(1006);
    await world.advance(300);
    expect(world.sockets).toHaveLength(7);
  });

  test('when the network is back it doesn’t wait', async () => {
    const world = await linkWorld();
    await world.socket().close(1006);
    world.link().hurry();
    await settled();
    expect(world.sockets).toHaveLength(2);
    world.link().hurry();
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  test('a token that can’t be had is tried again; nobody is signed out by it', async () => {
    let reachable = false;
    const world = await linkWorld({
      token: async () => (reachable ? { type: 'token', token: 't' } : { type: 'unreachable' }),
    });
    expect(world.sockets).toEqual([]);
    await world.advance(300);
    reachable = true;
    await world.advance(600);
    expect(world.sockets).toHaveLength(1);
    expect(world.states).toEqual(['connecting']);
  });
});

describe('who is signed in', () => {
  test('signing out closes the connection', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.disk.signOut();
    world.link().wake();
    await settled();
    expect(socket.closedWith()).toBeNull();
    expect(world.states.at(-1)).toBe('signed-out');
  });

  test('another agent gets a connection of their own, and nothing of the one before', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.post(1, chat1);
    await world.disk.signIn({ ...account, agent: 'agent-bea' as AgentId });
    world.link().wake();
    await settled();
    expect(socket.closedWith()).toBeNull();
    await world.welcomed();
    expect(commandsIn(world.socket())).not.toContain(commandId(1));
    expect(world.socket().sent[0]).toMatchObject({ agentSeq: 0, cursors: [] });
  });

  test('a stopped worker goes on where the disk is', async () => {
    const world = await linkWorld();
    await world.welcomed();
    await world.batch(1, ...chat1Granted);
    await world.restart();
    world.socket().open();
    expect(world.socket().sent).toMatchObject([{ claim: false, agentSeq: 1 }]);
  });
});

describe('ephemeral', () => {
  test('CHAT-4: typing goes both ways while live, and is stored nowhere', async () => {
    const world = await linkWorld();
    world.link().typing(chat1);
    const socket = await world.welcomed();
    world.link().typing(chat1);
    expect(socket.sent.filter(({ type }) => type === 'typing')).toHaveLength(1);
    await socket.say({ type: 'typing', interaction: chat1, by: 'customer', name: 'Lee' });
    expect(world.typed).toMatchObject([{ interaction: chat1, by: 'customer', name: 'Lee' }]);
  });

  test('CHAT-3: what was read is told once, and again to the next connection', async () => {
    const world = await linkWorld();
    const socket = await world.welcomed();
    await world.batch(1, ...chat1Granted, agentPart(1, granted(chat2)));
    await world.disk.markRead(chat1, 2);
    world.link().wake();
    await settled();
    world.link().wake();
    await settled();
    const reads = (frames: typeof socket.sent) => frames.filter(({ type }) => type === 'read');
    expect(reads(socket.sent)).toEqual([{ type: 'read', interaction: chat1, seq: 2 }]);
    await socket.close(1006);
    await world.advance(300);
    await world.welcomed({ snapshot: null });
    expect(reads(world.socket().sent)).toHaveLength(1);
  });
});

test('a second welcome of the same connection does no harm', async () => {
  const world = await linkWorld();
  const socket = await world.welcomed();
  await world.batch(1, ...chat1Granted);
  await socket.say(welcome({ snapshot: null, now: at(9) }));
  expect(world.states.at(-1)).toBe('live');
  expect((await world.disk.interaction(chat1))?.seq).toBe(3);
});
