import { expect, test } from 'vitest';
import { runSeeds } from './seeds.ts';

const SEEDS = 1_000;
const PROCESSES = 2;

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
    expect(sums.reconnected).toBeGreaterThan(each * 20);
    expect(sums.crashes).toBeGreaterThan(each);
    expect(sums.rona).toBeGreaterThan(each);
    expect(sums.late).toBeGreaterThan(each / 5);
    expect(sums.repeated).toBeGreaterThan(each);
    expect(sums.taken).toBeGreaterThan(each);
    expect(sums.lost).toBeGreaterThan(each / 2);
    expect(sums.done).toBeGreaterThan(each);
    expect(sums.transferred).toBeGreaterThan(each / 2);
    expect(sums.conferences).toBeGreaterThan(each / 4);
    expect(sums.requestsOver).toBeGreaterThan(each);
    expect(sums.inherited).toBeGreaterThan(each / 50);
    expect(sums.longAway).toBeGreaterThan(each / 4);
    expect(sums.stalls).toBeGreaterThan(each);
    expect(sums.takenOver).toBeGreaterThan(each / 10);
    expect(sums.listened).toBeGreaterThan(each / 10);
    expect(sums.aside).toBeGreaterThan(each / 10);
    expect(sums.picked).toBeGreaterThan(each / 4);
    expect(sums.overflowed).toBeGreaterThan(each / 4);
    expect(sums.widened).toBeGreaterThan(each / 4);
    expect(sums.reloads).toBeGreaterThan(each);
    expect(sums.replied).toBeGreaterThan(each / 2);
    expect(sums.unparked).toBeGreaterThan(each / 10);
    expect(sums.placed).toBeGreaterThan(each / 2);
    expect(sums.amended).toBeGreaterThan(each / 10);
    expect(sums.reminded).toBeGreaterThan(each / 4);
    expect(sums.botSaid).toBeGreaterThan(each);
    expect(sums.botHandedOver).toBeGreaterThan(each / 4);
    expect(sums.botFailed).toBeGreaterThan(each / 50);
    expect(sums.botTimedOut).toBeGreaterThan(each / 4);
    expect(sums.botsResumed).toBeGreaterThan(each / 10);
    expect(sums.foundClosed).toBeGreaterThan(each / 10);
    expect(sums.messagesLeft).toBeGreaterThan(each / 2);
    expect(sums.messagesPicked).toBeGreaterThan(each / 50);
    expect(sums.longOutages).toBeGreaterThan(each / 50);
    expect(sums.clockJumps).toBeGreaterThan(each / 4);
    expect(sums.wentBack).toBeGreaterThan(each / 10);
  }
});
