import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../../protocol/limits.ts';
import { extensionId } from '../../../server/people/origins.ts';
import { runServer } from '../main/server-process.ts';

const slow = { timeout: 60_000 };
const ours = `chrome-extension://${extensionId}`;
const long = (bytes: number) => JSON.stringify({ type: 'hello', more: 'x'.repeat(bytes) });
const hello = { type: 'hello', protocol: 2, site: 'demo', cursor: null };

/** Says this first and hears how that ends. */
async function says(url: string, door: string, first: readonly (string | Buffer)[], origin = url) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/${door}`, { origin });
  socket.on('error', () => {});
  socket.on('open', () => {
    for (const frame of first) socket.send(frame);
  });
  await new Promise((resolve) => socket.once('close', resolve));
}

test('TRUST-5: every no that is said at a door is counted under its name', slow, async () => {
  const { url } = await runServer();
  const count = async (door: string, refusal: string): Promise<number> => {
    const line = `deskside_door_refusals_total{door="${door}",refusal="${refusal}"} `;
    const text = await (await fetch(`${url}/metrics`)).text();
    const found = text.split('\n').find((one) => one.startsWith(line));
    return Number(found?.slice(line.length) ?? 0);
  };
  const agentHello = { type: 'hello', protocol: 2, claim: true, agentSeq: 0, cursors: [] };
  const secret = 'c'.repeat(43);

  await says(url, 'customer', ['{']);
  await says(url, 'customer', [Buffer.from('{}')]);
  expect(await count('customer', 'bad-frame')).toBe(2);
  await says(url, 'agent', [long(limits.frameUpBytes)], ours);
  // So long that the socket itself is cut.
  await says(url, 'agent', [long(2 * limits.frameUpBytes)], ours);
  expect(await count('agent', 'frame-too-large')).toBe(2);
  await says(url, 'agent', [], 'https://evil.example');
  expect(await count('agent', 'wrong-origin')).toBe(1);
  await says(url, 'agent', [JSON.stringify({ ...agentHello, token: 'old', desk: 'd' })], ours);
  expect(await count('agent', 'not-signed-in')).toBe(1);
  await says(url, 'customer', [JSON.stringify({ ...hello, protocol: 0, secret })]);
  expect(await count('customer', 'protocol-too-old')).toBe(1);
  const frames = Array<string>(4_000).fill('{"type":"heartbeat"}');
  await says(url, 'customer', [JSON.stringify({ ...hello, secret }), ...frames]);
  expect(await count('customer', 'too-many')).toBe(1);

  // Commands that were looked at are counted elsewhere, and nobody who only goes is.
  expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(/^deskside_refusals_total\{/m);
  expect(await count('agent', 'too-many')).toBe(0);
});
