import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { statusCommand } from '../../channels.ts';
import { event, openDoor } from './door.ts';
import { runServer } from './server-process.ts';

const slow = { timeout: 60_000 };
const secret = 'c'.repeat(43);
const json = { 'Content-Type': 'application/json' };

async function signIn(url: string) {
  const body = JSON.stringify({ email: 'maya@harbourpine.example', password: 'deskside-demo' });
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers: json, body });
  return (await answer.json()) as { accessToken: string; refreshToken: string };
}

async function desk(url: string, token: string, claim: boolean) {
  const agent = await openDoor(url, '/agent');
  const hello = { desk: 'desk-1', claim, agentSeq: 0, cursors: [] };
  agent.send({ type: 'hello', protocol: 2, token, ...hello });
  await agent.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  return agent;
}

async function tab(url: string) {
  const customer = await openDoor(url, '/customer');
  customer.send({ type: 'hello', protocol: 2, secret, site: 'demo', cursor: null });
  await customer.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  return customer;
}

test(
  'TRUST-1: a whole conversation on the demo, and after SIGTERM and a new start it goes on',
  slow,
  async () => {
    const first = await runServer();
    const { accessToken } = await signIn(first.url);
    const agent = await desk(first.url, accessToken, true);
    const customer = await tab(first.url);
    await agent.command(statusCommand('ready'));
    const started = await customer.command({ type: 'start', queue: 'delivery', language: 'en' });
    expect(started.type).toBe('ack');
    const interaction = String(started.stream).slice('interaction:'.length);
    const { offer } = await agent.hears(event('offer-made'));
    await agent.command({ type: 'offer-shown', interaction, offer });
    expect((await agent.command({ type: 'accept', interaction, offer })).type).toBe('ack');
    await customer.command({ type: 'post', interaction, text: 'Where is my lamp?' });
    await agent.hears(event('message-posted', 'Where is my lamp?'));
    await agent.command({ type: 'post', interaction, text: 'On its way.' });
    await customer.hears(event('message-posted', 'On its way.'));

    const from = performance.now();
    first.signal('SIGTERM');
    expect(await Promise.all([agent.closed, customer.closed])).toEqual([1001, 1001]);
    expect(await first.ended).toEqual({ code: 0 });
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(first.printed()).not.toMatch(/lamp|"level":"(warn|error|fatal)"/);
    expect(first.printed()).not.toContain(accessToken);

    const second = await runServer({ DATA_DIR: first.dataDir });
    const back = await desk(second.url, accessToken, false);
    const again = await tab(second.url);
    await again.hears(event('message-posted', 'On its way.'));
    await back.command({ type: 'post', interaction, text: 'It comes today.' });
    await again.hears(event('message-posted', 'It comes today.'));
  },
);

test(
  'the banner names the server, the demo’s pages, its sign-ins and the extension',
  slow,
  async () => {
    const { printed, url } = await runServer();
    for (const line of [
      'Deskside is running for Harbour & Pine (demo).',
      `${url}/demo`,
      'password deskside-demo',
      'maya@harbourpine.example',
      'chrome-mv3',
    ])
      expect(printed()).toContain(line);
    for (const page of ['/demo', '/demo/product', '/demo/checkout', '/demo/crm'])
      expect((await fetch(`${url}${page}`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  },
);

test(
  'where others may reach the server nobody knows a password, also when the demo was open before',
  slow,
  async () => {
    const open = await runServer();
    expect((await signIn(open.url)).accessToken).toBeDefined();
    open.signal('SIGTERM');
    await open.ended;
    const closed = await runServer({ DATA_DIR: open.dataDir, HOST: '0.0.0.0' });
    expect(closed.printed()).toContain('sign-ins are off');
    expect(closed.printed()).not.toContain('deskside-demo');
    expect(await signIn(closed.url)).toEqual({ refusal: 'wrong-credentials' });
  },
);

test('a page from elsewhere may open neither door', slow, async () => {
  const { url } = await runServer();
  for (const path of ['/agent', '/customer']) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, {
      origin: 'https://evil.example',
    });
    socket.on('error', () => {});
    const status = await new Promise((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    });
    socket.terminate();
    expect(status).toBe(403);
  }
});
