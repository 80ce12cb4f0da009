import { expect, test } from 'vitest';
import type { StreamName } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { Answer } from '../../../server/handle.ts';
import type { Command } from '../../../server/interactions/command.ts';
import { chatsOnly } from '../../channels.ts';
import type { CommitFate } from '../../simulation/memory-commits.ts';
import { by, byCustomer, bySystem } from '../given.ts';
import { Spine } from '../spine.ts';
import { offer, offerOf, post, setStatus, start } from '../stories.ts';
import { command, messages, waiting } from './waiting.ts';

test('TRUST-3: nobody hears anything before it is stored', async () => {
  const commits: (() => void)[] = [];
  let held = false;
  const { world, id, stream } = await waiting({
    hooks: { commit: (run) => (held ? void commits.push(run) : run()) },
  });
  world.committed = [];
  held = true;
  let answer: Answer | null = null;
  const done = world.handle(byCustomer(), post(id)).then((one) => {
    answer = one;
  });
  await world.clock.settle();
  expect([answer, world.committed, await world.eventsOf(stream)]).toEqual([
    null,
    [],
    ['started', 'queued'],
  ]);
  expect(commits).toHaveLength(1);
  commits[0]!();
  await done;
  expect(answer).toEqual({ type: 'ack', stream, seq: 3 });
  expect(world.committed.map(({ stream: of, seq }) => [of, seq])).toEqual([[stream, 3]]);
});

test('TRUST-3: what is told is what is stored: positions, seqs, words, sender and all', async () => {
  const { world, id } = await waiting();
  await world.ready('bo');
  await world.ask(bySystem, offer(id, 'bo'));
  await world.answer('accept', 'bo', id);
  const texts = ['One', 'Two', 'Three'];
  await Promise.all(texts.map((text) => world.handle(byCustomer(), post(id, text))));
  const stored = await world.store.readAll(0, 1_000);
  expect(stored.map(({ position }) => position)).toEqual(stored.map((_, n) => n + 1));
  /** The offer's words were told while it rang; by now they are gone from the disk. */
  const wordless = world.committed.map((one) =>
    one.body.type === 'offer-made' ? { ...one, content: null } : one,
  );
  expect(wordless).toEqual(stored);
});

test('TRUST-3: what was stored unknown to us is not told twice: readers find it behind their cursor', async () => {
  let now: CommitFate = 'stored';
  const { world, id, stream } = await waiting({ hooks: { commit: (run) => run(now) } });
  world.committed = [];
  now = 'stored-but-failed';
  await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  now = 'stored';
  await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  await world.ask(byCustomer(), post(id, 'again'), command('two'));
  expect(world.committed.map(({ seq }) => seq)).toEqual([4]);
  expect(await messages(world, stream)).toEqual(['Hello', 'again']);
});

test('CHAT-2: messages stand in the order in which they were accepted', async () => {
  const { world, id, stream } = await waiting();
  const texts = Array.from({ length: 50 }, (_, n) => `message ${n}`);
  const answers = await Promise.all(
    texts.map((text) => world.handle(byCustomer(), post(id, text))),
  );
  expect(await messages(world, stream)).toEqual(texts);
  expect(answers.map((one) => one.type === 'ack' && one.seq)).toEqual(texts.map((_, n) => n + 3));
});

/* ── somebody else writes too ── */

test('a stream that somebody else has moved on is read again, and decided again', async () => {
  const { world, id, stream } = await waiting();
  await elsewhere(world, stream, 2, { type: 'message-posted', author: { kind: 'customer' } });
  expect(await world.ask(byCustomer(), post(id))).toEqual({ type: 'ack', stream, seq: 4 });
});

test('a stream that somebody else has ended is answered by what it is now', async () => {
  const { world, id, stream } = await waiting();
  await elsewhere(world, stream, 2, { type: 'abandoned', by: 'customer' });
  expect(await world.ask(byCustomer(), post(id))).toMatchObject({ refusal: 'not-active' });
});

async function elsewhere(
  world: Spine,
  stream: StreamName,
  expected: number,
  body: InteractionEvent,
) {
  const content = { text: 'from elsewhere' };
  await world.store.append({
    principal: 'another node',
    commandId: command(`other-${expected}`),
    hash: '',
    answer: '',
    at: world.clock.now(),
    streams: [{ stream, expected, events: [{ body, content }], snapshot: null }],
  });
}

test('a stream that somebody else moves on for ever ends in “later”, not in a loop', async () => {
  const meddlers: (() => void)[] = [];
  const { world, id, stream } = await waiting({
    hooks: {
      commit: (run) => {
        for (const meddle of meddlers) meddle();
        run();
      },
    },
  });
  let times = 0;
  meddlers.push(() => {
    times++;
    const { events } = world.disk.streams.get(stream)!;
    const last = events.at(-1)!;
    events.push({ ...last, event: { ...last.event, seq: events.length + 1, body: said } });
  });
  expect(await world.ask(byCustomer(), post(id))).toEqual({
    type: 'refused',
    refusal: 'try-later',
    retryMs: 1_000,
  });
  expect(times).toBeLessThan(20);
});

const said: InteractionEvent = { type: 'message-posted', author: { kind: 'customer' } };

/* ── at once ── */

test('OFFER-8: an offer withdrawn and given to another: both accept at once, one owns it', async () => {
  const { world, id } = await waiting();
  await world.ready('bo', 'cy');
  await world.ask(bySystem, offer(id, 'bo', 1));
  await world.ask(bySystem, { type: 'rescind', interaction: id as never, offer: offerOf(id, 1) });
  await world.ask(bySystem, offer(id, 'cy', 2));
  const accept = (n: number): Command => ({
    type: 'accept',
    interaction: id as never,
    offer: offerOf(id, n),
  });
  const answers = await Promise.all([
    world.handle(by('cy'), accept(2)),
    world.handle(by('bo'), accept(1)),
  ]);
  expect(answers).toMatchObject([{ type: 'ack' }, { type: 'refused', refusal: 'taken' }]);
  expect(await world.status(id)).toBe('active with cy');
});

test('OFFER-9, CAP-1: many offers to one agent at once: as many as fit', async () => {
  const world = new Spine({ agent: { limits: chatsOnly(3), ringsAtOnce: 3 } });
  await world.ready('bo');
  const ids: string[] = [];
  for (let n = 0; n < 6; n++) ids.push(await world.comes(`customer-${n}`));
  const answers = await Promise.all(ids.map((id) => world.handle(bySystem, offer(id, 'bo'))));
  expect(answers.filter(({ type }) => type === 'ack')).toHaveLength(3);
  expect(Object.keys((await world.agent('bo')).assignments)).toHaveLength(3);
});

test('STATE-6: an offer and “not ready” at once: nothing rings at somebody who isn’t ready, whoever was first', async () => {
  for (const offerFirst of [true, false]) {
    const { world, id } = await waiting();
    await world.ready('bo');
    const offering = () => world.handle(bySystem, offer(id, 'bo'));
    const leaving = () => world.handle(by('bo'), setStatus('not-ready'));
    await Promise.all(offerFirst ? [offering(), leaving()] : [leaving(), offering()]);
    expect(await world.status(id)).toBe('queued');
    expect((await world.agent('bo')).assignments).toEqual({});
  }
});

/* ── what it keeps ── */

test('the offer carries the words the interaction was started with, and they leave the disk when it is over', async () => {
  const world = new Spine();
  const fields = { ...start(), name: 'Ana Silva', subject: 'Order 1042' };
  const answer = await world.ask(byCustomer(), fields);
  const id = answer.type === 'ack' ? answer.stream.slice('interaction:'.length) : '';
  await world.ready('bo');
  await world.ask(bySystem, offer(id, 'bo'));
  const words = async () =>
    (await world.store.read('agent:bo' as StreamName, 0, 100, 1_000_000)).find(
      ({ body }) => body.type === 'offer-made',
    )?.content;
  expect(await words()).toEqual({ name: 'Ana Silva', subject: 'Order 1042' });
  await world.answer('reject', 'bo', id);
  expect(await words()).toBeNull();
});

test('the state after a restart is the one before it, with few messages and with many', async () => {
  for (const many of [1, 150]) {
    const { world, id } = await waiting();
    await world.ready('bo');
    await world.ask(bySystem, offer(id, 'bo'));
    await world.answer('accept', 'bo', id);
    for (let n = 0; n < many; n++) await world.ask(byCustomer(), post(id, `message ${n}`));
    const before = [await world.interaction(id), await world.agent('bo')];
    world.restart();
    expect([await world.interaction(id), await world.agent('bo')]).toEqual(before);
  }
});
