import { expect, test } from 'vitest';
import { parseProxies } from '../../../server/people/address.ts';
import { metricsRoute } from '../../../server/routes/metrics.ts';
import { runServer } from '../main/server-process.ts';

const metrics = { text: async () => 'deskside_connected 0\n', contentType: 'text/plain' };
const ask = async (from: string, address: string | undefined, headers = {}) => {
  const env = { incoming: { socket: { remoteAddress: address } } } as never;
  const app = metricsRoute(metrics, parseProxies(from)!);
  return (await app.request('http://desk.example/metrics', { headers }, env)).status;
};
const loopback = '127.0.0.1, ::1';

test.each([
  [loopback, '127.0.0.1', 200],
  [loopback, '::ffff:127.0.0.1', 200],
  [loopback, '::1', 200],
  [loopback, '10.0.0.7', 404],
  [loopback, undefined, 404],
  ['10.0.0.0/8', '10.0.0.7', 200],
  ['10.0.0.0/8', '127.0.0.1', 404],
])('figures are for %s: from %s the answer is %i', async (from, address, status) => {
  expect(await ask(from, address)).toBe(status);
});

test.each(['X-Forwarded-For', 'Forwarded', 'Via'])(
  'whatever comes through a proxy (%s) comes from anywhere',
  async (header) => {
    expect(await ask(loopback, '127.0.0.1', { [header]: '127.0.0.1' })).toBe(404);
  },
);

test('the server that runs tells its own', async () => {
  const { url } = await runServer();
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const text = await answer.text();
  expect(text).toContain('deskside_connected{who="desks"} 0');
  expect(text).toMatch(/deskside_commit_seconds_count [1-9]/);
}, 60_000);
