import { expect, test } from 'vitest';
import { event } from './door.ts';
import { harbour, setStatus } from './harbour.ts';

const file = `
name: Harbour
agents:
  - { id: ada, name: Ada, email: ada@harbour.example }
queues:
  - { id: orders, name: Orders, answerSeconds: 15 }
sites:
  - { id: shop, name: Shop, origins: [self] }
`;

/** Everything that a label may say of what is ours: nothing that grows with customers. */
const labels = new Set([
  ...['queue', 'phase', 'within_target', 'by', 'incomplete', 'who', 'refusal', 'le'],
]);
const names = [
  ...['interactions', 'started_total', 'answered_total', 'abandoned_total', 'rona_total'],
  ...['done_total', 'wait_seconds', 'first_reply_seconds', 'handle_seconds', 'connected'],
  ...['commit_appends', 'commit_seconds', 'refusals_total'],
];

async function figures(url: string) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const value = (start: string): number => {
    const line = lines.find((one) => one.startsWith(`${start} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  return { text, lines, value };
}

test('waiting, offered, active, answered, abandoned, handle time, sockets, commits, lag and refusals are told by a running server, and what is open also by the next one', {
  timeout: 120_000,
}, async () => {
  const { server, agent, customer, restart } = await harbour(file);
  const start = { type: 'start', queue: 'orders', language: 'en' };
  const ada = await agent('ada');
  const ana = await customer('ana');
  const eve = await customer('eve');
  const { stream } = await ana.command(start);
  const interaction = String(stream).slice('interaction:'.length);
  expect(await eve.command({ ...start, queue: 'moon' })).toMatchObject({
    refusal: 'unknown-queue',
  });
  const second = await eve.command(start);
  await eve.command({ type: 'leave', interaction: String(second.stream).split(':')[1] });
  await ada.command(setStatus('ready'));
  const { offer } = await ada.hears(event('offer-made'));
  await ada.command({ type: 'accept', interaction, offer });
  await ada.command({ type: 'post', interaction, text: 'Hello' });
  const kim = await customer('kim');
  await kim.command(start);

  const { text, lines, value } = await figures(server().url);
  for (const name of names) expect(text).toContain(`# TYPE deskside_${name} `);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  const phase = (name: string) => `deskside_interactions{queue="orders",phase="${name}"}`;
  expect(value(phase('active'))).toBe(1);
  expect(value(phase('waiting')) + value(phase('offered'))).toBe(1);
  expect(value('deskside_started_total{queue="orders"}')).toBe(3);
  expect(value('deskside_answered_total{queue="orders",within_target="true"}')).toBe(1);
  expect(value('deskside_abandoned_total{queue="orders"}')).toBe(1);
  expect(value('deskside_first_reply_seconds_count{queue="orders"}')).toBe(1);
  expect(value('deskside_refusals_total{refusal="unknown-queue"}')).toBe(1);
  expect(value('deskside_connected{who="desks"}')).toBe(1);
  expect(value('deskside_connected{who="customers"}')).toBe(3);
  const ours = lines.filter((line) => line.startsWith('deskside_'));
  const used = ours.flatMap((line) => [...line.matchAll(/([a-z_]+)="/g)].map(([, name]) => name));
  expect(used.filter((name) => !labels.has(name ?? ''))).toEqual([]);
  expect(ours.join('\n')).not.toContain(interaction);

  await restart();
  const after = await figures(server().url);
  expect(after.value(phase('active'))).toBe(1);
  expect(after.value(phase('waiting')) + after.value(phase('offered'))).toBe(1);
  expect(after.value('deskside_answered_total{queue="orders",within_target="true"}')).toBe(0);
  expect(after.value('deskside_connected{who="desks"}')).toBe(0);
});
