import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../../server/metrics/metrics.ts';
import { transferTo } from '../colleagues.ts';
import { by, byCustomer } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { markDone, on, park, post, queue } from '../stories.ts';

/** The figures of a server that runs, as Prometheus reads them. */
async function world(settings: SpineSettings = {}) {
  const spine = await new Spine(settings).route();
  const metrics = createMetrics(() => 20_000);
  onTestFinished(metrics.close);
  spine.onEvents(metrics.hear);
  const value = async (line: string): Promise<number> => {
    const found = (await metrics.text()).split('\n').find((one) => one.startsWith(`${line} `));
    return Number(found?.split(' ').at(-1) ?? 0);
  };
  const phase = (name: string) => value(`deskside_interactions{queue="orders",phase="${name}"}`);
  return { spine, metrics, value, phase };
}

test('an interaction is counted where it stands, from coming to done', async () => {
  const { spine, value, phase, metrics } = await world();
  const id = await spine.comes('ana');
  expect(await phase('waiting')).toBe(1);
  await spine.ready('bo');
  expect([await phase('waiting'), await phase('offered')]).toEqual([0, 1]);
  await spine.answer('offer-shown', 'bo', id);
  await spine.advance(15_000);
  await spine.answer('accept', 'bo', id);
  expect(await phase('active')).toBe(1);
  expect(await value('deskside_answered_total{queue="orders",within_target="true"}')).toBe(1);
  await spine.advance(5_000);
  await spine.ask(by('bo'), post(id));
  await spine.ask(by('bo'), post(id, 'and again'));
  expect(await value('deskside_first_reply_seconds_count{queue="orders"}')).toBe(1);
  expect(await value('deskside_first_reply_seconds_sum{queue="orders"}')).toBeCloseTo(20, 1);
  await spine.ask(by('bo'), park(id));
  expect([await phase('active'), await phase('parked')]).toEqual([0, 1]);
  await spine.ask(by('bo'), { type: 'unpark', interaction: id as never });
  await spine.ask(by('bo'), on('end', id));
  expect(await phase('wrapping')).toBe(1);
  await spine.ask(by('bo'), markDone(id));
  expect(await value('deskside_handle_seconds_sum{queue="orders"}')).toBeCloseTo(5, 1);
  const done = 'deskside_done_total{queue="orders",by="agent",incomplete="false"}';
  expect(await value(done)).toBe(1);
  expect(metrics.size()).toBe(0);
});

test('an answer after the target is one, too, and an offer that nobody answered is a RONA', async () => {
  const { spine, value } = await world();
  await spine.ready('bo');
  const id = await spine.comes('ana');
  await spine.answer('offer-shown', 'bo', id);
  await spine.advance(45_000);
  expect(await value('deskside_rona_total{queue="orders"}')).toBe(1);
  await spine.ready('cy');
  await spine.answer('accept', 'cy', id);
  expect(await value('deskside_answered_total{queue="orders",within_target="false"}')).toBe(1);
});

test('a customer who leaves before has abandoned it', async () => {
  const { spine, value, metrics } = await world();
  const id = await spine.comes('ana');
  await spine.ask(byCustomer('ana'), on('leave', id));
  expect(await value('deskside_abandoned_total{queue="orders"}')).toBe(1);
  expect(metrics.size()).toBe(0);
});

test('what the customer’s reply brings back is answered anew', async () => {
  const { spine, value } = await world();
  await spine.ready('bo');
  const id = await spine.comes('ana');
  await spine.answer('accept', 'bo', id);
  await spine.ask(by('bo'), park(id));
  await spine.ask(byCustomer('ana'), post(id));
  await spine.answer('accept', 'bo', id);
  expect(await value('deskside_answered_total{queue="orders",within_target="true"}')).toBe(2);
});

/** The figures of a process that begins now, over what is open. */
async function afterRestart(spine: Spine, ...ids: readonly string[]) {
  const metrics = createMetrics(() => 20_000);
  onTestFinished(metrics.close);
  for (const id of [...ids, ...ids]) metrics.seed((await spine.interaction(id))!);
  spine.onEvents(metrics.hear);
  return metrics;
}

test('what waited when the server began is counted, and answered after the time it has waited', async () => {
  const { spine } = await world();
  const id = await spine.comes('ana');
  await spine.advance(15_000);
  const metrics = await afterRestart(spine, id);
  expect(await metrics.text()).toContain('phase="waiting"} 1');
  await spine.ready('bo');
  await spine.answer('accept', 'bo', id);
  await spine.ask(by('bo'), post(id));
  const text = await metrics.text();
  expect(text).toContain('phase="active"} 1');
  expect(text).toContain('deskside_answered_total{queue="orders",within_target="true"} 1');
  expect(text).toContain('deskside_wait_seconds_sum{queue="orders"} 15');
  expect(text).toContain('deskside_first_reply_seconds_sum{queue="orders"} 15');
});

test('what was answered when the server began is counted, but its times are not made up', async () => {
  const { spine } = await world();
  await spine.ready('bo');
  const id = await spine.comes('ana');
  await spine.answer('accept', 'bo', id);
  const metrics = await afterRestart(spine, id);
  await spine.ask(by('bo'), transferTo({ kind: 'queue', queue }, { interaction: id as never }));
  await spine.answer('accept', 'bo', id);
  await spine.ask(by('bo'), post(id));
  await spine.ask(by('bo'), on('end', id));
  await spine.ask(by('bo'), markDone(id));
  const text = await metrics.text();
  expect(text).toContain('deskside_done_total{queue="orders",by="agent",incomplete="false"} 1');
  expect(text).not.toContain('deskside_answered_total{');
  expect(text).not.toContain('deskside_first_reply_seconds_sum{');
  expect(text).not.toContain('deskside_handle_seconds_sum{');
});

test('commits, refusals and who is here are told', async () => {
  const { metrics, value } = await world();
  metrics.committed(3, 4);
  metrics.refused('taken');
  metrics.watch(() => ({ desks: 2, customers: 7 }));
  expect(await value('deskside_commit_appends_bucket{le="4"}')).toBe(1);
  expect(await value('deskside_commit_seconds_sum')).toBeCloseTo(0.004);
  expect(await value('deskside_refusals_total{refusal="taken"}')).toBe(1);
  expect(await value('deskside_connected{who="customers"}')).toBe(7);
  expect(await metrics.text()).toContain('nodejs_eventloop_lag_p99_seconds');
});
