import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { closeCodes, type RefusalName } from '../../protocol/refusals.ts';
import type { Clock } from '../clock.ts';
import { type Corked, createCorks } from './cork.ts';
import type { DoorName, Limits, Out, Session, SessionDeps } from './session.ts';

/**
 * The two doors, `/agent` and `/customer`, on the same port as everything else: whoever listens
 * gives every `upgrade` of the HTTP server to it. Holds sockets and decides nothing.
 */
export type Doors = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Open sockets. */
  readonly size: () => number;
  /** Lets nobody in any more, closes everybody resumably (1001), cuts who is still there after that time. */
  readonly close: (withinMs: number) => Promise<void>;
};

export type DoorsDeps = {
  readonly sessions: Readonly<Record<DoorName, (out: Out) => Session>>;
  readonly isOriginAllowed: (
    door: DoorName,
    origin: string | undefined,
    host: string | undefined,
  ) => boolean;
  /** Who asks, behind trusted proxies; null: not counted. */
  readonly addressOf: (request: IncomingMessage) => string | null;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly socketsMax?: number;
  readonly socketsPerAddress?: number;
  /** Hears of bugs that end one socket and nothing else. */
  readonly bug: (error: unknown) => void;
  readonly refused?: SessionDeps['refused'];
};

/** 10 KiB each while idle: about 500 MiB. */
const SOCKETS_MAX = 50_000;
/** An office behind one address, every browser with a few tabs. */
const SOCKETS_PER_ADDRESS = 5_000;
/** `ws` cuts a longer frame without a word; up to here the session refuses it by name. */
const PAYLOAD_FACTOR = 2;
/** How long the other side has for its half of the closing; a slow reader is cut after that. */
const CLOSE_MS = 5_000;

export function createDoors(deps: DoorsDeps): Doors {
  const { sessions, isOriginAllowed, addressOf, clock, limits, bug, refused } = deps;
  const { socketsMax = SOCKETS_MAX, socketsPerAddress = SOCKETS_PER_ADDRESS } = deps;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: PAYLOAD_FACTOR * limits.frameUpBytes,
  });
  const cork = createCorks();
  const open = new Set<WebSocket>();
  const addresses = new Map<string, number>();
  let closing = false;
  let empty = () => {};

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A peer that resets while it is being answered must not end the process.
    socket.on('error', ignore);
    const door = doorOf(request);
    const { origin, host } = request.headers;
    const address = addressOf(request);
    const sameAddress = address === null ? 0 : (addresses.get(address) ?? 0);
    const no = (status: string, refusal: RefusalName) => {
      if (door !== null) refused?.(door, refusal);
      refuse(socket, status, refusal);
    };
    if (door === null) refuse(socket, '404 Not Found', null);
    else if (!isOriginAllowed(door, origin, host)) no('403 Forbidden', 'wrong-origin');
    else if (closing) no('503 Service Unavailable', 'try-later');
    else if (open.size >= socketsMax || sameAddress >= socketsPerAddress)
      no('429 Too Many Requests', 'too-many');
    else
      server.handleUpgrade(request, socket, head, (ws) => {
        socket.off('error', ignore);
        enter(door, ws, socket, address);
      });
  }

  function enter(door: DoorName, ws: WebSocket, socket: Duplex, address: string | null): void {
    open.add(ws);
    count(address, 1);
    const writes: Corked = { socket, corked: false };
    let cancelCut = ignore;
    const session = sessions[door]({
      send: (text) => {
        cork(writes);
        ws.send(text);
      },
      close: (code, reason) => {
        ws.close(code, reason);
        cancelCut = clock.at(clock.now() + CLOSE_MS, () => ws.terminate());
      },
      unsent: () => ws.bufferedAmount,
    });
    ws.on('message', (data, isBinary) => receive(ws, session, isBinary ? '' : textOf(data)));
    // What is wrong with a frame or a network is the peer's matter; `close` follows.
    ws.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') refused?.(door, 'frame-too-large');
      else if (error.code?.startsWith('WS_ERR_')) refused?.(door, 'bad-frame');
    });
    ws.on('close', () => {
      cancelCut();
      open.delete(ws);
      count(address, -1);
      session.closed();
      if (open.size === 0) empty();
    });
  }

  function receive(ws: WebSocket, session: Session, text: string): void {
    try {
      session.receive(text);
    } catch (error) {
      bug(error);
      ws.close(closeCodes['try-later']);
    }
  }

  function count(address: string | null, by: 1 | -1): void {
    if (address === null) return;
    const now = (addresses.get(address) ?? 0) + by;
    if (now > 0) addresses.set(address, now);
    else addresses.delete(address);
  }

  async function close(withinMs: number): Promise<void> {
    closing = true;
    if (open.size === 0) return;
    const emptied = new Promise<void>((resolve) => {
      empty = resolve;
    });
    for (const ws of open) ws.close(closeCodes['going-away'], 'going-away');
    const cancel = clock.at(clock.now() + withinMs, () => {
      for (const ws of open) ws.terminate();
    });
    await emptied;
    cancel();
  }

  return { upgrade, size: () => open.size, close };
}

function doorOf({ url = '' }: IncomingMessage): DoorName | null {
  const [path] = url.split('?', 1);
  if (path === '/agent') return 'agent';
  return path === '/customer' ? 'customer' : null;
}

function refuse(socket: Duplex, status: string, refusal: RefusalName | null): void {
  const body = refusal === null ? '' : JSON.stringify({ type: 'refused', refusal });
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\n`;
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** `ws` gives a message as one buffer unless it is told otherwise. */
const textOf = (data: RawData): string => (data as Buffer).toString();

const ignore = () => {};
