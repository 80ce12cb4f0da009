import { expect, test } from 'vitest';
import { runSeeds } from './seeds.ts';

const SEEDS = 1_000;
const PROCESSES = 2;

/** How often each interesting thing happens in a batch, for each of its seeds. */
const MORE_THAN_PER_SEED = {
  reconnected: 20,
  crashes: 1,
  rona: 1,
  late: 1 / 5,
  repeated: 1,
  taken: 1,
  lost: 1 / 2,
  done: 1,
  transferred: 1 / 2,
  conferences: 1 / 4,
  requestsOver: 1,
  inherited: 1 / 50,
  longAway: 1 / 4,
  stalls: 1,
  takenOver: 1 / 10,
  listened: 1 / 10,
  aside: 1 / 10,
  picked: 1 / 4,
  overflowed: 1 / 4,
  widened: 1 / 4,
  reloads: 1,
  replied: 1 / 2,
  unparked: 1 / 10,
  placed: 1 / 2,
  amended: 1 / 10,
  reminded: 1 / 4,
  botSaid: 1,
  botHandedOver: 1 / 4,
  botFailed: 1 / 50,
  botTimedOut: 1 / 4,
  botsResumed: 1 / 10,
  foundClosed: 1 / 10,
  messagesLeft: 1 / 2,
  messagesPicked: 1 / 50,
  longOutages: 1 / 50,
  clockJumps: 1 / 4,
  wentBack: 1 / 10,
} as const;

test('TRUST-1, TRUST-2, TRUST-3: I1 to I10 hold after every step of 1,000 small centres', async ({
  signal,
}) => {
  const each = SEEDS / PROCESSES;
  const outcomes = await Promise.all(
    Array.from({ length: PROCESSES }, (_, n) => runSeeds(1 + n * each, each, { signal })),
  );
  for (const outcome of outcomes) {
    if (outcome.type !== 'held') throw new Error(outcome.what);
    /** Each batch proves that the interesting things happened. */
    const { sums } = outcome;
    for (const [name, least] of Object.entries(MORE_THAN_PER_SEED))
      expect(sums[name], name).toBeGreaterThan(each * least);
  }
});
