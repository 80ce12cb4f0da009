import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CustomerFrameDown } from '../../../protocol/frames.ts';
import {
  type InteractionId,
  interactionOf,
  interactionStream,
  type StreamName,
} from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { closeCodes } from '../../../protocol/refusals.ts';
import { systemClock } from '../../../server/clock.ts';
import { createDoors } from '../../../server/sockets/doors.ts';
import { isOriginAllowed } from '../../../server/sockets/origins.ts';
import type { Limits } from '../../../server/sockets/session.ts';
import { agentHello, queue, secretOf, server } from './world.ts';

const extension = 'abcdefghijklmnopabcdefghijklmnop';
const firefox = 'moz-extension://0b7b1d2e-7a8b-4c5d-9e0f-112233445566';
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function house(
  options: { limits?: Partial<Limits>; socketsMax?: number; socketsPerAddress?: number } = {},
) {
  const { limits: changed = {}, ...room } = options;
  const world = await server({ clock: systemClock(0), limits: changed });
  const doors = createDoors({
    sessions: world.sessions,
    isOriginAllowed: isOriginAllowed({ publicOrigin: null, extensionIds: [extension] }),
    addressOf: ({ socket }) => socket.remoteAddress ?? null,
    clock: world.clock,
    limits: { ...limits, ...changed },
    bug: (error) => world.bugs.push(error),
    ...room,
  });
  const http = createServer((_, response) => response.end('http'));
  http.on('upgrade', doors.upgrade);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  open.push(async () => {
    await doors.close(0);
    http.close();
    expect(world.bugs).toEqual([]);
  });
  return { ...world, doors, http, host };
}

type House = Awaited<ReturnType<typeof house>>;

/** A real socket, and what it heard. */
function dial({ host }: House, door: string, origin: string | undefined = `http://${host}`) {
  const socket = new WebSocket(`ws://${host}/${door}`, { ...(origin && { origin }) });
  const frames: CustomerFrameDown[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)));
    wake();
  });
  socket.on('error', () => {});
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  return {
    socket,
    frames,
    closed,
    opened: () => once(socket, 'open'),
    send: (frame: object) => socket.send(JSON.stringify(frame)),
    async heard(type: string): Promise<CustomerFrameDown> {
      for (;;) {
        const found = frames.find((frame) => frame.type === type);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    /** The HTTP status it was answered with instead of being let in. */
    async turnedAway(): Promise<number | undefined> {
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        IncomingMessage,
      ];
      response.resume();
      return response.statusCode;
    },
  };
}

const hello = (name = 'carla', cursor: object | null = null) => ({
  type: 'hello',
  protocol: 2,
  secret: secretOf(name),
  site: 'shop',
  cursor,
});
const start = {
  type: 'command',
  id: 'command-start-00001',
  command: { type: 'start', queue, language: 'en' },
};

test('a customer’s whole session over a real socket', async () => {
  const here = await house();
  const tab = dial(here, 'customer');
  await tab.opened();
  tab.send(hello());
  expect(await tab.heard('welcome')).toMatchObject({ interaction: null });
  tab.send(start);
  expect(await tab.heard('ack')).toMatchObject({ id: 'command-start-00001' });
  expect(await tab.heard('batch')).toMatchObject({ parts: [{ upTo: 2 }] });
  expect(here.doors.size()).toBe(1);
  tab.socket.close(1000);
  await tab.closed;
});

test('an agent’s desk says hello over a real socket', async () => {
  const here = await house();
  const desk = dial(here, 'agent', `chrome-extension://${extension}`);
  await desk.opened();
  desk.send(agentHello());
  expect(await desk.heard('welcome')).toMatchObject({ agent: { id: 'ana' } });
});

test.each([
  ['customer', 'https://evil.example'],
  ['customer', 'null'],
  ['customer', `chrome-extension://${extension}`],
  ['customer', ''],
  ['agent', 'https://evil.example'],
  ['agent', 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba'],
  ['agent', 'moz-extension://not-an-id'],
  ['agent', ''],
])('TRUST-5: the %s door is closed to a page of %s', async (door, origin) => {
  const here = await house();
  const socket = dial(here, door, origin);
  expect(await socket.turnedAway()).toBe(403);
  expect(here.doors.size()).toBe(0);
});

test.each([
  ['customer', 'http://shop.example', 'shop.example', null, true],
  ['customer', 'https://shop.example', 'shop.example', null, true],
  ['customer', 'https://shop.example', '', null, false],
  ['customer', 'https://shop.example', 'inside:8787', 'https://shop.example', true],
  ['customer', 'http://shop.example', 'shop.example', 'https://shop.example', false],
  ['customer', 'file://', 'shop.example', null, false],
  ['agent', firefox, 'shop.example', null, true],
  ['agent', 'https://shop.example', 'shop.example', null, false],
] as const)(
  'the %s door and the origin %s at %s (%s): %s',
  (door, origin, host, publicOrigin, allowed) => {
    expect(isOriginAllowed({ publicOrigin, extensionIds: [extension] })(door, origin, host)).toBe(
      allowed,
    );
  },
);

test('another path is no door, and http goes on beside it', async () => {
  const here = await house();
  expect(await dial(here, 'elsewhere').turnedAway()).toBe(404);
  const [answer] = (await once(request(`http://${here.host}/customer`).end(), 'response')) as [
    IncomingMessage,
  ];
  answer.resume();
  expect(answer.statusCode).toBe(200);
});

test('TRUST-5: more sockets than there is room for are turned away, and let in again', async () => {
  const here = await house({ socketsMax: 2 });
  const first = dial(here, 'customer');
  const second = dial(here, 'customer');
  await Promise.all([first.opened(), second.opened()]);
  expect(await dial(here, 'customer').turnedAway()).toBe(429);
  first.socket.close();
  await first.closed;
  await dial(here, 'customer').opened();

  const perAddress = await house({ socketsPerAddress: 1 });
  await dial(perAddress, 'customer').opened();
  expect(await dial(perAddress, 'customer').turnedAway()).toBe(429);
});

test('TRUST-5: a frame that is too large is refused by name, one that is absurd ends the connection', async () => {
  const here = await house();
  const tab = dial(here, 'customer');
  await tab.opened();
  tab.send(hello());
  await tab.heard('welcome');
  tab.socket.send('x'.repeat(limits.frameUpBytes + 1));
  expect(await tab.heard('refused')).toMatchObject({ refusal: 'frame-too-large' });
  expect(tab.socket.readyState).toBe(WebSocket.OPEN);
  tab.socket.send('x'.repeat(4 * limits.frameUpBytes));
  expect(await tab.closed).toBe(1009);
});

test('a binary frame is no frame', async () => {
  const here = await house();
  const tab = dial(here, 'customer');
  await tab.opened();
  tab.socket.send(Buffer.from(JSON.stringify(hello())));
  expect(await tab.closed).toBe(closeCodes['bad-frame']);
  expect(await tab.heard('refused')).toMatchObject({ refusal: 'bad-frame' });
});

test('broken bytes and resets end a socket and nothing else', async () => {
  const here = await house();
  const good = dial(here, 'customer');
  await good.opened();
  const { port } = here.http.address() as AddressInfo;
  const upgrade = (path: string, origin = `http://${here.host}`) =>
    `GET ${path} HTTP/1.1\r\nHost: ${here.host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
  for (const [path, origin, more] of [
    ['/customer', undefined, Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['/customer', 'https://evil.example', Buffer.alloc(100_000)],
    ['/nowhere', undefined, Buffer.alloc(0)],
    ['//', 'not an origin', Buffer.alloc(0)],
  ] as const) {
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => {});
    await once(raw, 'connect');
    raw.write(upgrade(path, origin));
    raw.write(more);
    await once(raw, 'data');
    raw.resetAndDestroy();
  }
  good.send(hello());
  expect(await good.heard('welcome')).toBeDefined();
});

test('TRUST-5: a reader that lets too much wait is closed, and gets the rest when it is back', async () => {
  const here = await house({ limits: { unsentBytes: 128 * 1024, framesBurst: 1e6 } });
  const tab = dial(here, 'customer');
  await tab.opened();
  tab.send(hello());
  tab.send(start);
  const ack = (await tab.heard('ack')) as { stream: StreamName };
  const interaction = interactionOf(ack.stream) as InteractionId;
  const texts = Array.from({ length: 30 }, (_, n) => `${n} ${'x'.repeat(10_000)}`);
  for (const [n, text] of texts.entries())
    tab.send({
      type: 'command',
      id: `command-post-${n}-000000`,
      command: { type: 'post', interaction, text },
    });
  await until(() => (here.disk.streams.get(ack.stream)?.events.length ?? 0) === 32);
  tab.socket.pause();
  while (here.feed.size().readers > 0) {
    tab.send({ type: 'from', stream: ack.stream, epoch: 0, after: 0 });
    // Asked again before the store has answered, it would only begin anew.
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  }
  tab.socket.resume();
  expect(await tab.closed).toBe(closeCodes['too-slow']);

  const again = dial(here, 'customer');
  await again.opened();
  again.send(hello('carla', { interaction, seq: 2 }));
  const batch = (await again.heard('batch')) as Extract<CustomerFrameDown, { type: 'batch' }>;
  expect(batch.parts[0]).toMatchObject({ interaction, after: 2 });
  expect(interactionStream(interaction)).toBe(ack.stream);
});

test('when the server stops everybody is closed resumably, and nobody new is let in', async () => {
  const here = await house();
  const tabs = [dial(here, 'customer'), dial(here, 'customer')];
  await Promise.all(tabs.map((tab) => tab.opened()));
  const closing = here.doors.close(5_000);
  expect(await dial(here, 'customer').turnedAway()).toBe(503);
  expect(await Promise.all(tabs.map((tab) => tab.closed))).toEqual([1001, 1001]);
  await closing;
  expect(here.doors.size()).toBe(0);
});

test('who doesn’t answer the closing is cut when the time is over', async () => {
  const here = await house();
  const tab = dial(here, 'customer');
  await tab.opened();
  tab.socket.pause();
  await here.doors.close(1);
  expect(here.doors.size()).toBe(0);
});

async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setImmediate(resolve));
}
