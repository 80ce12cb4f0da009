import { expect, test } from 'vitest';
import { agentEvents, interactionEvents } from '../../../protocol/examples/events.ts';
import type { StreamName } from '../../../protocol/ids.ts';
import { createReader } from '../../../server/router/reader.ts';
import type { EventBody, LoadedStream, StoredEvent } from '../../../server/store/contract.ts';
import { StoreUnavailable } from '../../../server/store/contract.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { START } from '../given.ts';

const chat = 'interaction:c1' as StreamName;
const bo = 'agent:bo' as StreamName;

const event = (stream: StreamName, seq: number, body: EventBody): StoredEvent => ({
  position: seq,
  stream,
  seq,
  at: START + seq,
  principal: 'system',
  commandId: 'command-of-somebody' as StoredEvent['commandId'],
  body,
});

/** A reader over a store that answers when it is told to. */
async function setUp() {
  const clock = holdClock(START);
  const loads: {
    readonly stream: StreamName;
    readonly answer: (is: LoadedStream | Error) => void;
  }[] = [];
  const changed: string[] = [];
  let hear: (events: readonly StoredEvent[]) => void = () => {};
  const reader = createReader({
    clock,
    store: {
      openStreams: async () => [],
      load: (stream) =>
        new Promise((resolve, reject) => {
          const answer = (is: LoadedStream | Error) =>
            is instanceof Error ? reject(is) : resolve(is);
          loads.push({ stream, answer });
        }),
    },
    onEvents: (listener) => {
      hear = listener;
      return () => {};
    },
    changed: (stream) => void changed.push(stream),
    heard: () => {},
  });
  await reader.start(() => {});
  return { clock, loads, changed, reader, hear: (...events: StoredEvent[]) => hear(events) };
}

/** bo's stream as it is on the disk: signed in, accepted something, signed out. */
const past: LoadedStream = {
  stream: bo,
  seq: 3,
  snapshot: null,
  events: [
    agentEvents['signed-in'],
    agentEvents['offer-made'],
    { ...agentEvents['offer-ended'], outcome: 'accepted' } as const,
  ].map((body, n) => ({ seq: n + 1, at: START + n + 1, body })),
};

test('what is still heard of an interaction that is over is passed over; nobody asks the store', async () => {
  const { reader, hear, loads, changed } = await setUp();
  hear(event(chat, 11, interactionEvents['content-removed']));
  expect([loads.length, changed, reader.size()]).toEqual([0, [], 0]);
});

test('an agent who was signed out at the start is read from the store, and what is heard meanwhile follows', async () => {
  const { clock, reader, hear, loads, changed } = await setUp();
  hear(event(bo, 4, agentEvents['signed-in']));
  hear(event(bo, 5, agentEvents.reachable));
  expect(loads.map(({ stream }) => stream)).toEqual([bo]);
  loads[0]!.answer({
    ...past,
    seq: 4,
    events: [...past.events, { seq: 4, at: START + 4, body: agentEvents['signed-in'] }],
  });
  await clock.settle();
  expect(reader.agent('bo' as never)).toMatchObject({
    lastAcceptedAt: START + 3,
    reach: { reachable: true, since: 5 },
  });
  expect(changed.length).toBeGreaterThan(0);
});

test('with the store away it is asked again', async () => {
  const { clock, reader, hear, loads } = await setUp();
  hear(event(bo, 4, agentEvents.reachable));
  loads[0]!.answer(new StoreUnavailable('away'));
  await clock.advance(1_000);
  expect(loads).toHaveLength(2);
  loads[1]!.answer(past);
  await clock.settle();
  expect(reader.agent('bo' as never).reach.reachable).toBe(true);
});

test('who waits for a seq hears when it is known, and when the interaction is over', async () => {
  const { clock, reader, hear } = await setUp();
  hear(event(chat, 1, interactionEvents.started));
  const known: string[] = [];
  for (const seq of [1, 2, 9]) void reader.knows(chat, seq).then(() => known.push(`${seq}`));
  await clock.settle();
  expect(known).toEqual(['1']);
  hear(event(chat, 2, interactionEvents.queued));
  await clock.settle();
  expect(known).toEqual(['1', '2']);
  reader.forget(chat);
  await clock.settle();
  expect(known).toEqual(['1', '2', '9']);
  await reader.knows(chat, 100);
});
