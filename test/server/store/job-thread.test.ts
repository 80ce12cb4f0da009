import { expect, test, vi } from 'vitest';
import { StoreUnavailable } from '../../../server/store/contract.ts';
import { type JobThread, startJobThread } from '../../../server/store/sqlite/job-thread.ts';
import type { OddData, OddJob } from './odd-thread.ts';

/** Threads start slowly on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 30_000 });

async function start(limits: { waitingMax?: number; batchMax?: number; startsMax?: number } = {}) {
  const starts = new Int32Array(new SharedArrayBuffer(8));
  const warnings: string[] = [];
  const thread: JobThread<OddJob> = await startJobThread({
    name: 'odd',
    entry: new URL('./odd-thread.ts', import.meta.url),
    data: { starts, startsMax: limits.startsMax ?? 9 } satisfies OddData,
    batchMax: limits.batchMax ?? 100,
    batchWeightMax: 1_000,
    waitingMax: limits.waitingMax ?? 100,
    waitingWeightMax: 2_000,
    warn: (message) => warnings.push(message),
  });
  const settle = async (...jobs: OddJob[]) =>
    (await Promise.allSettled(jobs.map((job) => thread.ask(job, 1)))).map(outcome);
  return { thread, settle, warnings, starts };
}

const outcome = (result: PromiseSettledResult<unknown>) => {
  if (result.status === 'fulfilled') return result.value;
  return result.reason instanceof StoreUnavailable ? 'unavailable' : String(result.reason);
};

test('a job goes at once, and all that arrive meanwhile go as one batch', async () => {
  const { thread, settle } = await start();
  expect(await settle('work', 'work', 'work', 'work')).toEqual([
    'work of 1',
    'work of 3',
    'work of 3',
    'work of 3',
  ]);
  await thread.close();
});

test('what isn’t an answer is not taken for one: Node’s own reports over the same line', async () => {
  const { thread, settle, warnings } = await start();
  expect(await settle('work', 'work')).toEqual(['work of 1', 'work of 1']);
  expect(warnings).toEqual([]);
  await thread.close();
});

test('a batch has its limit in jobs and in weight', async () => {
  const { thread, settle } = await start({ batchMax: 2 });
  expect(await settle('work', 'work', 'work', 'work')).toEqual([
    'work of 1',
    'work of 2',
    'work of 2',
    'work of 1',
  ]);
  const heavy = [600, 600, 600, 700].map((weight) => thread.ask('work', weight));
  expect(await Promise.all(heavy)).toEqual(Array(4).fill('work of 1'));
  await thread.close();
});

test('TRUST-5: more than may wait is refused at once, by number and by weight', async () => {
  const { thread, settle } = await start({ waitingMax: 3 });
  expect(await settle('work', 'work', 'work', 'work', 'work', 'work')).toEqual([
    'work of 1',
    'work of 3',
    'work of 3',
    'work of 3',
    'unavailable',
    'unavailable',
  ]);
  const heavy = [1, 1_500, 600].map((weight) => thread.ask('work', weight));
  expect((await Promise.allSettled(heavy)).map(outcome)).toEqual([
    'work of 1',
    'work of 1',
    'unavailable',
  ]);
  expect(await settle('work')).toEqual(['work of 1']);
  await thread.close();
});

test('jobs that a batch didn’t reach go first in the next one', async () => {
  const { thread, settle } = await start();
  expect(await settle('work', 'half', 'work', 'work', 'work', 'work')).toEqual([
    'work of 1',
    'half of 5',
    'work of 5',
    'work of 5',
    'work of 2',
    'work of 2',
  ]);
  await thread.close();
});

test('bad weather rejects its batch, a bug only its own job', async () => {
  const { thread, settle } = await start();
  expect(await settle('work', 'work', 'fail')).toEqual(['work of 1', 'unavailable', 'unavailable']);
  expect(await settle('work', 'work', 'bug')).toEqual([
    'work of 1',
    'work of 2',
    'Error: odd: bug',
  ]);
  await thread.close();
});

test('the operator is told when bad weather begins and when it is over', async () => {
  const { thread, settle, warnings } = await start();
  for (const job of ['work', 'fail', 'fail', 'work', 'work'] as const) await settle(job);
  expect(warnings).toEqual(['odd: bad weather', 'odd works again']);
  await thread.close();
});

test('a job that can’t be copied to the thread rejects and holds nobody up', async () => {
  const { thread, settle } = await start();
  const odd = thread.ask((() => {}) as unknown as OddJob, 1);
  expect((await Promise.allSettled([odd])).map(outcome)).toEqual([
    expect.stringContaining('could not be cloned'),
  ]);
  expect(await settle('work')).toEqual(['work of 1']);
  await thread.close();
});

test.each<OddJob>(['die', 'throw'])(
  'a thread that stops (%s) rejects what was under way, starts again and does what waited',
  async (end) => {
    const { thread, settle, warnings, starts } = await start();
    await settle('work');
    expect(await settle(end, 'work', 'work')).toEqual(['unavailable', 'work of 2', 'work of 2']);
    expect(await settle(end)).toEqual(['unavailable']);
    expect(await settle('work')).toEqual(['work of 1']);
    expect(starts[0]).toBe(3);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^odd stopped \(.+\); starting it again$/);
    await thread.close();
  },
);

test('a thread that stops twice without an answer in between is given up', async () => {
  const { thread, settle, warnings, starts } = await start();
  await settle('work');
  expect(await settle('die', 'die', 'work')).toEqual(Array(3).fill('unavailable'));
  expect(await settle('work')).toEqual(['unavailable']);
  expect(starts[0]).toBe(2);
  expect(warnings[1]).toMatch(/giving it up$/);
  await thread.close();
});

test('a thread that can’t be started again is given up', async () => {
  const { thread, settle, warnings } = await start({ startsMax: 1 });
  await settle('work');
  expect(await settle('die', 'work')).toEqual(['unavailable', 'unavailable']);
  expect(await settle('work')).toEqual(['unavailable']);
  expect(warnings[1]).toMatch(/can’t be started again: odd: no more starts$/);
  await thread.close();
});

test('closing finishes what was asked, then lets the thread clear up', async () => {
  const { thread, settle, starts } = await start();
  const asked = settle('work', 'work', 'work');
  await Promise.all([thread.close(), thread.close()]);
  expect(await asked).toEqual(['work of 1', 'work of 2', 'work of 2']);
  expect(starts[1]).toBe(1);
  expect(await settle('work')).toEqual(['unavailable']);
});

test('closing while the thread starts again finishes what waited', async () => {
  const { thread, settle, starts } = await start();
  await settle('work');
  const dying = settle('die');
  const waiting = settle('work');
  await dying;
  await thread.close();
  expect(await waiting).toEqual(['work of 1']);
  expect(starts[1]).toBe(1);
});

test('a thread that can’t open its file rejects the start', async () => {
  await expect(start({ startsMax: 0 })).rejects.toThrow('odd: no more starts');
});
