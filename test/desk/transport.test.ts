import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Transport } from '../../desk/link/contract.ts';
import { connectBySocket } from '../../desk/transport.ts';

let server: WebSocketServer;
let address: string;
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** Everything that a transport says, in order. */
function listening(to = address): { transport: Transport; next: () => Promise<string> } {
  const said: string[] = [];
  let heard = () => {};
  const say = (what: string) => {
    said.push(what);
    heard();
  };
  const transport = connectBySocket(to, {
    opened: () => say('opened'),
    received: (text) => say(text),
    closed: (code) => say(`closed ${code}`),
  });
  const next = async (): Promise<string> => {
    const [first] = said.splice(0, 1);
    if (first !== undefined) return first;
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
    return next();
  };
  return { transport, next };
}

test('it opens the agents’ door, carries frames both ways, and tells the close code', async () => {
  server.on('connection', (socket, request) => {
    socket.on('message', (data) => {
      socket.send(`${request.url} ${data}`);
      socket.close(4009);
    });
  });
  const { transport, next } = listening();
  expect(await next()).toBe('opened');
  transport.send('hello');
  expect(await next()).toBe('/agent hello');
  expect(await next()).toBe('closed 4009');
  transport.send('into the void');
});

test('nobody listening is a close, once', async () => {
  const { next } = listening('http://127.0.0.1:1');
  expect(await next()).toMatch(/^closed \d+$/);
});

test('a connection that is cut is a close that resumes', async () => {
  server.on('connection', (socket) => socket.terminate());
  const { next } = listening();
  expect(await next()).toBe('opened');
  expect(await next()).toMatch(/^closed (1000|1005|1006)$/);
});

test('closed by us, it says nothing any more and never comes back', async () => {
  const { transport, next } = listening();
  const connected = once(server, 'connection');
  expect(await next()).toBe('opened');
  const [socket] = (await connected) as [import('ws').WebSocket];
  const closed = once(socket, 'close');
  transport.close(4000);
  expect((await closed)[0]).toBe(4000);
  expect(server.clients.size).toBe(0);
});
