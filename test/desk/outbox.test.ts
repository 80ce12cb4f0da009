import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { stableId } from '../../desk/outbox/stable-id.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import { CommandId, type InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { type RefusalName, refusals } from '../../protocol/refusals.ts';
import { commandsIn, type LinkWorld, linkWorld, settled } from './link-world.ts';
import {
  accepted,
  agentPart,
  chat1,
  chat2,
  commandId,
  fromMe,
  granted,
  interactionPart,
  revoked,
  started,
} from './parts.ts';

async function liveWorld(): Promise<LinkWorld> {
  const world = await linkWorld();
  await world.welcomed();
  await world.batch(
    1,
    agentPart(0, granted(), granted(chat2), { type: 'can-show' }),
    interactionPart(chat1, 0, started, accepted),
    interactionPart(chat2, 0, started, accepted),
  );
  return world;
}

const posts = (world: LinkWorld) =>
  commandsIn(world.socket()).filter((id) => id.startsWith('command-'));
const ids = (...numbers: readonly number[]) => numbers.map(commandId);
const ack = (n: number, interaction = chat1, seq = 10) =>
  ({ type: 'ack', id: commandId(n), stream: `interaction:${interaction}`, seq }) as const;
const refused = (n: number, refusal: RefusalName, retryMs: number | null = null) =>
  ({ type: 'refused', id: commandId(n), refusal, retryMs }) as const;

describe('order', () => {
  test('TRUST-1: one message of a conversation is on the way at a time, in the order of writing', async () => {
    const world = await liveWorld();
    for (const n of [1, 2, 3]) await world.post(n, chat1);
    expect(posts(world)).toEqual(ids(1));
    await world.socket().say(ack(1));
    expect(posts(world)).toEqual(ids(1, 2));
    await world.socket().say(refused(2, 'not-active'));
    expect(posts(world)).toEqual(ids(1, 2, 3));
  });

  test('conversations don’t wait for each other', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.post(2, chat1);
    await world.post(3, chat2);
    expect(posts(world)).toEqual(ids(1, 3));
  });

  test('TRUST-1: “try later” holds up its own conversation only, and is never overtaken', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.post(2, chat1);
    await world.socket().say(refused(1, 'try-later', 2_000));
    await world.post(3, chat2);
    expect(posts(world)).toEqual(ids(1, 3));
    await world.advance(1_999);
    expect(posts(world)).toEqual(ids(1, 3));
    await world.advance(1);
    expect(posts(world)).toEqual(ids(1, 3, 1));
    await world.socket().say(ack(1));
    expect(posts(world)).toEqual(ids(1, 3, 1, 2));
  });

  test('TRUST-5: at most 20 are on the way at once, and none is forgotten', async () => {
    const world = await liveWorld();
    for (let n = 0; n < 30; n++) await world.post(n, `chat-${n}` as InteractionId);
    expect(posts(world)).toHaveLength(20);
    for (let n = 0; n < 30; n++) await world.socket().say(ack(n, `chat-${n}` as InteractionId));
    expect(new Set(posts(world)).size).toBe(30);
    expect(await world.disk.waiting(0)).toEqual([]);
  });
});

describe('settling', () => {
  test('CHAT-3: written offline, it is sent when the connection is there', async () => {
    const world = await liveWorld();
    await world.socket().close(1006);
    await world.post(1, chat1);
    await world.post(2, chat1);
    await world.advance(300);
    await world.welcomed({ snapshot: null });
    expect(posts(world)).toEqual(ids(1));
  });

  test('TRUST-2: all that wasn’t answered is sent again with the same ids, in order', async () => {
    const world = await liveWorld();
    for (const n of [1, 2, 3]) await world.post(n, chat1);
    await world.socket().say(ack(1));
    await world.socket().close(1006);
    await world.advance(300);
    await world.welcomed({ snapshot: null });
    expect(posts(world)).toEqual(ids(2));
    await world.socket().say(ack(2, chat1, 11));
    expect(posts(world)).toEqual(ids(2, 3));
  });

  test('TRUST-2: a worker that died between the ack and its next breath sends again, under the same id', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.post(2, chat1);
    await world.restart();
    await world.welcomed({ snapshot: null });
    expect(posts(world)).toEqual(ids(1));
  });

  test('CHAT-3: the stored event settles a row whose ack was lost, and the next one goes', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.post(2, chat1);
    await world.batch(2, interactionPart(chat1, 2, fromMe('text 1', commandId(1))));
    expect((await world.disk.overview()).outbox.map(({ id }) => id)).toEqual(ids(2));
    expect(posts(world)).toEqual(ids(1, 2));
    await world.socket().say(ack(1, chat1, 3));
    expect((await world.disk.overview()).outbox.map(({ id }) => id)).toEqual(ids(2));
  });

  const late: AgentCommand = {
    type: 'mark-done',
    interaction: chat1,
    dispositions: ['solved'],
    note: '',
    resolved: null,
    answers: {},
    tags: null,
    data: {},
    sendTranscript: false,
    workflow: null,
  };
  const markLate = async (world: LinkWorld) => {
    await world.disk.enqueue({ id: commandId(1), command: late, createdAt: 0 });
    world.link().wake();
    await settled();
  };

  test.each(['done', 'owner-lost'] as const)(
    'END-9: a late Mark done of a copy that has ended (%s) settles with its acknowledgement, and keeps the copy as it is',
    async (reason) => {
      const world = await liveWorld();
      await world.batch(2, agentPart(3, revoked(reason)));
      await markLate(world);
      expect(posts(world)).toEqual(ids(1));
      const copy = await world.disk.interaction(chat1);
      await world.socket().say(ack(1, chat1, 40));
      expect((await world.disk.overview()).outbox).toEqual([]);
      expect(await world.disk.interaction(chat1)).toEqual(copy);
    },
  );

  test('END-9: acknowledged before the desk has heard of the end, it settles with the end', async () => {
    const world = await liveWorld();
    await markLate(world);
    await world.socket().say(ack(1, chat1, 40));
    expect((await world.disk.overview()).outbox).toMatchObject([{ state: 'acknowledged' }]);
    await world.batch(2, agentPart(3, revoked('done')));
    expect((await world.disk.overview()).outbox).toEqual([]);
  });

  test('END-9: a late Mark done that is refused after the end stays, to be retried or discarded', async () => {
    const world = await liveWorld();
    await world.batch(2, agentPart(3, revoked('done')));
    await markLate(world);
    await world.socket().say(refused(1, 'not-in-wrap-up'));
    expect((await world.disk.overview()).outbox).toMatchObject([
      { id: commandId(1), state: 'refused', refusal: 'not-in-wrap-up' },
    ]);
    await world.disk.discard(commandId(1));
    expect((await world.disk.overview()).outbox).toEqual([]);
  });

  test('a final refusal keeps the row for the agent; sent again it has a new id', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.socket().say(refused(1, 'not-active'));
    expect((await world.disk.overview()).outbox).toMatchObject([
      { id: commandId(1), state: 'refused', refusal: 'not-active' },
    ]);
    await world.disk.retry(commandId(1), commandId(9), 0);
    world.link().wake();
    await settled();
    expect(posts(world)).toEqual(ids(1, 9));
  });

  const names = Object.keys(refusals) as RefusalName[];
  test.each(names)(
    'the refusal %s is kept for the agent, or tried again, as the protocol says',
    async (name) => {
      const world = await liveWorld();
      await world.post(1, chat1);
      await world.socket().say(refused(1, name, refusals[name].final ? null : 500));
      await world.advance(500);
      const [row] = (await world.disk.overview()).outbox;
      expect(row?.state).toBe(refusals[name].final ? 'refused' : 'waiting');
      expect(posts(world)).toHaveLength(refusals[name].final ? 1 : 2);
    },
  );

  test('a refusal of a frame that is no command changes nothing', async () => {
    const world = await liveWorld();
    await world.post(1, chat1);
    await world.socket().say({ type: 'refused', id: null, refusal: 'bad-frame', retryMs: null });
    expect(await world.disk.waiting(0)).toHaveLength(1);
    expect(world.states.at(-1)).toBe('live');
  });

  test('everything that is sent fits the limit of a frame', async () => {
    const world = await liveWorld();
    await world.post(1, chat1, '\u0001'.repeat(limits.textBytes));
    const frame = JSON.stringify(world.socket().sent.at(-1));
    expect(new TextEncoder().encode(frame).length).toBeLessThan(limits.frameUpBytes);
  });
});

test.each(['offer-1', 'x'.repeat(64), 'with.a.dot', 'a'])(
  'the stable id of %s is a command id, always the same, and another one for another id',
  (id) => {
    expect(v.is(CommandId, stableId('offer-shown', id))).toBe(true);
    expect(stableId('offer-shown', id)).toBe(stableId('offer-shown', id));
    expect(stableId('offer-shown', id)).not.toBe(stableId('offer-shown', `${id}.`));
    expect(stableId('offer-shown', id)).not.toBe(stableId('can-show', id));
  },
);
