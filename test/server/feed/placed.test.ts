import { expect, test } from 'vitest';
import { interactionStream } from '../../../protocol/ids.ts';
import { createCopy } from './copy.ts';
import { logWorld } from './log.ts';
import { carla, interactionSamples, one, says } from './samples.ts';

const stream = interactionStream(one);
const started = { body: interactionSamples.started.event };
const placed = { body: interactionSamples.placed.event };
const queued = { body: interactionSamples.queued.event };
const accepted = { body: interactionSamples.accepted.event };

async function customer() {
  const world = await logWorld();
  await world.commit([[stream, [started]]]);
  const copy = createCopy(world, { kind: 'customer', id: carla }, null);
  copy.hold(stream);
  return { ...world, copy };
}

test('END-4, TRUST-4: a customer who is here hears nothing of what comes after it was placed', async () => {
  const { commit, copy } = await customer();
  copy.connect();
  await copy.catchUp();
  await commit([[stream, [says('bye'), placed, queued]]]);
  await copy.catchUp();
  await commit([[stream, [accepted, says('between us')]]]);
  await copy.catchUp();
  const seen = copy.held.get(stream)?.events.map(({ event }) => event.type);
  expect(seen).toEqual(['started', 'message-posted']);
});

test('END-4, TRUST-4: nor one who comes back later and reads it from the store', async () => {
  const { commit, copy } = await customer();
  await commit([[stream, [says('bye'), placed, queued, accepted, says('between us')]]]);
  const reader = copy.connect();
  await copy.catchUp();
  const seen = copy.held.get(stream)?.events.map(({ event }) => event.type);
  expect(seen).toEqual(['started', 'message-posted']);
  expect(reader.sent(stream)).toBe(null);
});

test('END-4, TRUST-4: nor one who claims to have read further than it goes', async () => {
  const { commit, copy } = await customer();
  copy.held.get(stream)!.cursor = 5;
  const reader = copy.connect();
  await copy.catchUp();
  await commit([[stream, [says('bye'), placed, queued, accepted, says('between us')]]]);
  await copy.catchUp();
  expect(copy.held.get(stream)?.events).toEqual([]);
  expect(reader.sent(stream)).toBe(null);
});

test('END-4, TRUST-4: nor one who asks again from further than was sent', async () => {
  const { commit, copy } = await customer();
  copy.connect();
  await copy.catchUp();
  expect(copy.again(one, 0, 5)).toBe(false);
  copy.held.get(stream)!.cursor = 5;
  await commit([[stream, [says('bye'), placed, queued, accepted, says('between us')]]]);
  await copy.catchUp();
  const seen = copy.held.get(stream)?.events.map(({ event }) => event.type);
  expect(seen).toEqual(['started']);
});
