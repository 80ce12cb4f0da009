import { expect, test } from 'vitest';
import { agentStream, type InteractionId, interactionStream } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { createFeed } from '../../../server/feed/feed.ts';
import { createCopy } from './copy.ts';
import { logWorld } from './log.ts';
import { agentSamples, ana, carla, interactionSamples, one, ring, says, two } from './samples.ts';

const stream = interactionStream(one);
const other = interactionStream(two);
const own = agentStream(ana);
const carlaReads = { kind: 'customer', id: carla } as const;
const anaReads = { kind: 'agent', id: ana } as const;
const started = { body: interactionSamples.started.event, content: { name: 'Carla' } };
const queued = { body: interactionSamples.queued.event };
const offered = { body: interactionSamples.offered.event };
const granted = { body: agentSamples.granted.event };
const revoked = { body: agentSamples.revoked.event };

async function customerWorld(options: { batchBytes?: number } = {}) {
  const world = await logWorld(options);
  await world.commit([[stream, [started, queued]]], `customer:${carla}`);
  const copy = createCopy(world, carlaReads, null);
  copy.hold(stream);
  return { ...world, copy };
}

async function agentWorld() {
  const world = await logWorld();
  const copy = createCopy(world, anaReads, own);
  copy.hold(own);
  copy.connect();
  return { ...world, copy };
}

test('a reader gets what was stored before and what is stored later, in order', async () => {
  const { commit, copy } = await customerWorld();
  copy.connect();
  await copy.catchUp();
  await commit([[stream, [says('hello')]]], `customer:${carla}`);
  await copy.catchUp();
  const { cursor, events } = copy.held.get(stream)!;
  expect(cursor).toBe(3);
  expect(events.map(({ event }) => event.type)).toEqual(['started', 'queued', 'message-posted']);
  expect(events[2]).toMatchObject({ content: { text: 'hello' }, commandId: expect.any(String) });
});

test('TRUST-5: one batch is under way, the next comes after its acknowledgement and holds all that came meanwhile', async () => {
  const { commit, copy, clock } = await customerWorld();
  const reader = copy.connect();
  await clock.settle();
  for (let n = 0; n < 5; n++) {
    await commit([[stream, [says(`${n}`)]]]);
    await clock.settle();
  }
  expect(copy.batches).toHaveLength(1);
  expect(reader.waitingSince()).toBe(clock.now());
  reader.got(99);
  await clock.settle();
  expect(copy.batches).toHaveLength(1);
  await copy.catchUp();
  expect(copy.batches).toHaveLength(2);
  expect(copy.batches[1]?.parts).toMatchObject([{ after: 2, upTo: 7 }]);
  expect(reader.waitingSince()).toBe(null);
});

test('the hot path asks no store: a live reader is served from memory', async () => {
  const { commit, copy, weather } = await customerWorld();
  copy.connect();
  await copy.catchUp();
  const before = weather.reads;
  for (let n = 0; n < 200; n++) {
    await commit([[stream, [says(`${n}`)]]]);
    await copy.catchUp();
  }
  expect(weather.reads).toBe(before);
  expect(copy.held.get(stream)?.events).toHaveLength(202);
});

test('what somebody was not sent yet stays in memory, for everybody who follows the stream', async () => {
  const { copy, commit, weather, feed, clock, ...world } = await customerWorld();
  copy.connect();
  await clock.settle();
  await commit([[stream, [says('while a batch is under way')]]]);
  await clock.settle();
  const before = weather.reads;
  const tab = createCopy({ ...world, commit, weather, feed, clock }, carlaReads, null);
  tab.hold(stream);
  tab.held.get(stream)!.cursor = 2;
  tab.connect();
  await tab.catchUp();
  expect(tab.held.get(stream)).toMatchObject({ cursor: 3, events: [{ seq: 3 }] });
  await copy.catchUp();
  expect(copy.held.get(stream)?.cursor).toBe(3);
  expect(weather.reads).toBe(before);
});

test('what everybody was sent costs no memory, and nobody who has it asks the store for more', async () => {
  const { copy, commit, weather, feed, ...world } = await customerWorld();
  copy.connect();
  await copy.catchUp();
  for (let n = 0; n < 5; n++) await commit([[stream, [says(`${n}`)]]]);
  await copy.catchUp();
  expect(feed.size().lines).toBe(0);
  const before = weather.reads;
  const tab = createCopy({ ...world, commit, weather, feed }, carlaReads, null);
  tab.hold(stream);
  tab.held.get(stream)!.cursor = 7;
  tab.connect();
  await tab.catchUp();
  expect(weather.reads).toBe(before);
  copy.again(one, 0, 1);
  await copy.catchUp();
  expect(copy.batches.at(-1)?.parts).toMatchObject([{ after: 1, upTo: 7 }]);
  await commit([[stream, [says('goes on')]]]);
  await copy.catchUp();
  await tab.catchUp();
  for (const { held } of [copy, tab]) expect(held.get(stream)?.cursor).toBe(8);
});

test('what only one who left was not sent costs no memory either', async () => {
  const { copy, commit, feed, clock, ...world } = await customerWorld();
  copy.connect();
  await copy.catchUp();
  const slow = createCopy({ ...world, commit, feed, clock }, carlaReads, null);
  slow.hold(stream);
  const left = slow.connect();
  await clock.settle();
  await commit([[stream, [says('while a batch is under way')]]]);
  await copy.catchUp();
  expect(feed.size().lines).toBeGreaterThan(0);
  left.close();
  expect(feed.size()).toMatchObject({ readers: 1, streams: 1, lines: 0 });
});

test('events of one turn go out in one batch, the agent’s own stream first', async () => {
  const { commit, copy } = await agentWorld();
  await commit([[stream, [started, queued]]]);
  await commit([
    [stream, [{ body: interactionSamples.accepted.event }]],
    [own, [granted]],
  ]);
  await copy.catchUp();
  expect(copy.batches.map(({ parts }) => parts.map(({ of }) => of))).toEqual([
    ['agent', 'interaction'],
  ]);
  await commit([
    [other, [started]],
    [stream, [says('a')]],
    [own, [{ body: { type: 'can-show' } }]],
  ]);
  await copy.catchUp();
  expect(copy.batches[1]?.parts.map(({ of }) => of)).toEqual(['agent', 'interaction']);
});

test('what is granted comes with its grant, and the grant alone while the store is away', async () => {
  const { commit, copy, clock, weather } = await agentWorld();
  await commit([[stream, [started, queued]]]);
  await commit([[other, [started]]]);
  await commit([[own, [granted]]]);
  await clock.settle();
  expect(copy.batches).toHaveLength(1);
  expect(copy.batches[0]?.parts).toMatchObject([{ of: 'agent' }, { after: 0, upTo: 2 }]);
  await copy.catchUp();
  weather.away = true;
  await commit([[own, [{ body: { ...granted.body, interaction: two } }]]]);
  await clock.settle();
  expect(copy.batches[1]?.parts).toMatchObject([{ of: 'agent' }]);
  expect(copy.batches[1]?.parts).toHaveLength(1);
  weather.away = false;
  await clock.advance(1_000);
  await copy.catchUp();
  expect(copy.held.get(other)?.events).toHaveLength(1);
});

test('TRUST-4: what is taken away while its grant waits for the store is sent up to there, and ends', async () => {
  const { store, follow, commit, clock, ...world } = await logWorld();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const read: typeof store.read = async (name, ...where) => {
    if (name === stream) await answered;
    return store.read(name, ...where);
  };
  const feed = createFeed({ store: { read }, follow, clock });
  const copy = createCopy({ ...world, store, follow, commit, clock, feed }, anaReads, own);
  copy.hold(own);
  copy.connect();
  await commit([[stream, [started, queued]]]);
  await commit([[own, [granted]]]);
  await clock.settle();
  await commit([[own, [revoked]]]);
  await commit([[stream, [says('among others')]]]);
  await clock.settle();
  expect(copy.batches).toEqual([]);
  answer();
  await copy.catchUp();
  expect(copy.held.get(stream)).toBe(undefined);
  expect(copy.ended.flatMap(({ events }) => events.map(({ event }) => event.type))).toEqual([
    'started',
    'queued',
  ]);
});

test('what a customer may not see goes with the next batch, or alone once it is quiet', async () => {
  const { commit, copy, clock } = await customerWorld();
  copy.connect();
  await copy.catchUp();
  await commit([[stream, [offered]]]);
  await copy.catchUp();
  expect(copy.batches).toHaveLength(1);
  await commit([[stream, [offered, says('hello')]]]);
  await copy.catchUp();
  expect(copy.batches[1]?.parts).toMatchObject([{ after: 2, upTo: 5, events: [{ seq: 5 }] }]);
  await commit([[stream, [offered]]]);
  await commit([[stream, [offered]]]);
  await clock.advance(1_000);
  await copy.catchUp();
  expect(copy.batches[2]?.parts).toMatchObject([{ after: 5, upTo: 7, events: [] }]);
  await clock.advance(10_000);
  expect(copy.batches).toHaveLength(3);
});

test('a grant brings the whole interaction, a revocation the end of it and then nothing more', async () => {
  const { commit, copy } = await agentWorld();
  await commit([[stream, [started, queued]]]);
  await commit([[own, [granted]]]);
  await copy.catchUp();
  expect(copy.held.get(stream)?.events).toHaveLength(2);
  await commit([
    [stream, [{ body: interactionSamples['marked-done'].event }]],
    [own, [revoked]],
  ]);
  await commit([[stream, [says('after')]]]);
  await copy.catchUp();
  expect(copy.held.has(stream)).toBe(false);
  expect(copy.ended[0]?.events.map(({ event }) => event.type)).toEqual([
    'started',
    'queued',
    'marked-done',
  ]);
});

test('TRUST-4: a slow desk whose interaction went to somebody else never gets what came after', async () => {
  const { commit, copy, clock } = await agentWorld();
  await commit([
    [stream, [started, queued]],
    [own, [granted]],
  ]);
  await clock.settle();
  await commit([[stream, [says('still hers')]]]);
  await commit([[own, [revoked]]]);
  for (let n = 0; n < 100; n++) await commit([[stream, [says('somebody else’s')]]]);
  await copy.catchUp();
  expect(copy.ended[0]?.events.map(({ content }) => content?.text)).toEqual([
    undefined,
    undefined,
    'still hers',
  ]);
  expect(JSON.stringify(copy.batches)).not.toContain('somebody');
});

test('granted again the copy begins anew, in the new epoch', async () => {
  const { commit, copy } = await agentWorld();
  await commit([
    [stream, [started]],
    [own, [granted]],
  ]);
  await commit([[own, [revoked]]]);
  await commit([
    [stream, [says('meanwhile')]],
    [own, [{ body: { ...granted.body, epoch: 2 } }]],
  ]);
  await copy.catchUp();
  expect(copy.held.get(stream)).toMatchObject({ epoch: 2, cursor: 2 });
});

test('TRUST-5: no batch is larger than its limit, however long the texts are', async () => {
  const { commit, copy } = await customerWorld();
  for (let n = 0; n < 40; n++) await commit([[stream, [says('é\u0000'.repeat(5_000))]]]);
  copy.connect();
  await copy.catchUp();
  expect(copy.held.get(stream)?.events).toHaveLength(42);
  expect(copy.counts.bytesMax).toBeLessThanOrEqual(limits.frameDownBytes);
  expect(copy.counts.bytesMax).toBeGreaterThan(limits.frameDownBytes / 2);
});

test('a long transcript comes page by page, each event once', async () => {
  const { commit, copy } = await customerWorld({ batchBytes: 20_000 });
  for (let n = 0; n < 600; n++) await commit([[stream, [says(`number ${n}`)]]]);
  copy.connect();
  await copy.catchUp();
  expect(copy.held.get(stream)?.events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 602 }, (_, index) => index + 1),
  );
  expect(copy.counts).toMatchObject({ gaps: 0, duplicates: 0 });
});

test('TRUST-1: what comes behind the largest event of all is read, too', async () => {
  const { commit, copy } = await customerWorld();
  // Each character is six bytes in JSON; a bot's answer is the longest there is.
  const many = (n: number) => '\u0001'.repeat(n);
  const answer = { text: many(limits.textBytes), buttons: many(8_500) };
  await commit([[stream, [says(many(limits.textBytes)), says(many(5_000))]]]);
  await commit([[stream, [{ body: interactionSamples['message-posted'].event, content: answer }]]]);
  await commit([[stream, [says('and then')]]]);
  copy.connect();
  await copy.catchUp();
  expect(copy.held.get(stream)?.cursor).toBe(6);
  expect(copy.held.get(stream)?.events.at(-1)).toMatchObject({ content: { text: 'and then' } });
});

test('many interactions at once share a few batches', async () => {
  const { commit, copy, ...world } = await agentWorld();
  const ids = Array.from({ length: 12 }, (_, n) => `i-${n + 10}` as InteractionId);
  for (const id of ids) {
    await commit([[interactionStream(id), [started]]]);
    copy.hold(interactionStream(id), 1);
  }
  await world.clock.settle();
  copy.connect();
  await copy.catchUp();
  for (const id of ids) expect(copy.held.get(interactionStream(id))?.cursor).toBe(1);
  expect(copy.batches.length).toBeLessThanOrEqual(3);
});

test('a store that is away delays the past, not the present of other streams', async () => {
  const { commit, copy, weather, clock } = await agentWorld();
  await commit([
    [stream, [started]],
    [own, [granted]],
  ]);
  await copy.catchUp();
  await commit([[other, [started]]]);
  weather.away = true;
  await commit([[own, [{ body: { ...granted.body, interaction: two } }]]]);
  await copy.catchUp();
  await commit([[stream, [says('now')]]]);
  await copy.catchUp();
  expect(copy.held.get(stream)?.cursor).toBe(2);
  expect(copy.held.get(other)?.cursor).toBe(0);
  weather.away = false;
  await clock.advance(1_000);
  await copy.catchUp();
  expect(copy.held.get(other)?.cursor).toBe(1);
});

test('TRUST-4: what was taken away before a desk came isn’t granted again because it asks from the beginning', async () => {
  const { commit, clock, ...world } = await agentWorld();
  await commit([[stream, [started]]]);
  await commit([[own, [granted]]]);
  await commit([[own, [revoked]]]);
  const copy = createCopy({ ...world, commit, clock }, anaReads, own);
  copy.hold(own);
  copy.held.get(own)!.cursor = 2;
  const reader = copy.connect();
  await copy.catchUp();
  expect(reader.again(own, 0, 0)).toBe(false);
  copy.held.get(own)!.cursor = 0;
  await copy.catchUp();
  expect(copy.batches).toEqual([]);
  expect(reader.again(own, 0, 2)).toBe(true);
});

test('TRUST-4: who asks for the own stream from further than was sent still loses what is taken away', async () => {
  const { commit, copy, clock } = await agentWorld();
  const reader = copy.connect();
  await commit([
    [stream, [started]],
    [own, [granted]],
  ]);
  await copy.catchUp();
  expect(reader.again(own, 0, 100)).toBe(false);
  await clock.settle();
  await commit([[own, [revoked]]]);
  await commit([[stream, [says('among others')]]]);
  await copy.catchUp();
  expect(copy.held.get(stream)).toBe(undefined);
  expect(copy.ended).toMatchObject([{ events: [{ event: { type: 'started' } }] }]);
  expect(reader.sent(stream)).toBe(null);
});

test('what is stored but not yet told is not shown: a reader sees one position of everything', async () => {
  const { append, copy, follow } = await customerWorld();
  const untold = await append([[stream, [says('not yet')]]]);
  copy.connect();
  await copy.catchUp();
  expect(copy.held.get(stream)?.cursor).toBe(2);
  follow.committed(untold);
  await copy.catchUp();
  expect(copy.held.get(stream)?.cursor).toBe(3);
});

test('words that were removed leave the memory with the event that says so', async () => {
  const { commit, clock, ...world } = await agentWorld();
  const made = { body: agentSamples['offer-made'].event, content: { name: 'Carla' } };
  await commit([[own, [made]]]);
  await commit([[own, [{ body: { ...agentSamples['offer-ended'].event, offer: ring } }]]]);
  const late = createCopy({ ...world, commit, clock }, anaReads, own);
  late.hold(own);
  late.connect();
  await late.catchUp();
  expect(late.held.get(own)?.events).toMatchObject([{ content: null }, { seq: 2 }]);

  await commit([
    [stream, [started]],
    [own, [granted]],
  ]);
  await late.catchUp();
  await commit([[stream, [says('under way')]]]);
  await clock.settle();
  await commit([[stream, [says('4111 1111 1111 1111')]]]);
  await commit([[stream, [{ body: { type: 'content-removed', seqs: [3] } }]]]);
  const later = createCopy({ ...world, commit, clock }, anaReads, own);
  later.hold(stream, 1);
  later.held.get(stream)!.cursor = 2;
  later.connect();
  await later.catchUp();
  expect(later.held.get(stream)?.events).toMatchObject([{ content: null }, { seq: 4 }]);
});

test('nothing stays in memory of readers who left', async () => {
  const { commit, copy, feed, clock } = await agentWorld();
  await commit([
    [stream, [started]],
    [own, [granted]],
  ]);
  await copy.catchUp();
  expect(feed.size()).toMatchObject({ readers: 1, streams: 2, waiting: 0 });
  const reader = copy.connect();
  reader.close();
  await clock.settle();
  expect(feed.size()).toEqual({ readers: 0, streams: 0, lines: 0, waiting: 0 });
});
