import { test } from 'vitest';
import { simulate } from './simulate.ts';

/** Seeds that found something, by what they found. What they run into changes with the code; they stay cheap. */
const found = [
  {
    seed: 1215,
    what: 'I6: a customer with an older interaction in wrap-up is told away after a restart',
  },
  { seed: 67, what: 'TRUST-1: what two tabs say keeps the order of each' },
  { seed: 446, what: 'OFFER-4: a deadline is the first thing that is due after a stall' },
  { seed: 469, what: 'OFFER-4: after a stall the disk fails, and the customer comes and goes' },
  {
    seed: 10,
    what: 'I6, ROUTE-6: a conversation beside a message that was left; a queue that has closed',
  },
  { seed: 63, what: 'TIME: the world’s time does not go back when a server starts' },
  { seed: 871, what: 'ROUTE-6: a set-up that changed while no server ran' },
  { seed: 85, what: 'I9: a sign-in that a crash undid is made again' },
] as const;

for (const { seed, what } of found)
  test(`${what} (seed ${seed})`, async () => {
    await simulate(seed, 300);
  });
