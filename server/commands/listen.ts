import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { serve } from '@hono/node-server';
import { type Settings, StartError } from '../settings.ts';

type Fetch = Parameters<typeof serve>[0]['fetch'];
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The port, taken before anything else is touched; until `open` every request hears 503. */
export type Listening = {
  readonly port: number;
  /** As this machine reaches it. */
  readonly url: string;
  readonly open: (fetch: Fetch, upgrade: Upgrade) => void;
  /** Takes no more connections, waits for answers under way, cuts them after that time. */
  readonly close: (withinMs: number) => Promise<void>;
};

/** A request's head and body; nothing that comes over HTTP is large. */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;

/** @throws StartError when the port or the host can't be had. */
export async function listen({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<Listening> {
  let fetch: Fetch = () => new Response('starting\n', { status: 503 });
  let upgrade: Upgrade = (_, socket) =>
    void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  const server = serve({
    fetch: (request, env) => fetch(request, env),
    hostname: host,
    port,
    serverOptions: { headersTimeout: HEAD_MS, requestTimeout: REQUEST_MS },
  }) as Server;
  server.on('upgrade', (request, socket, head) => upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, host, port)));
  });
  const { port: taken } = server.address() as AddressInfo;

  return {
    port: taken,
    url: `http://${reachable(host)}:${taken}`,
    open(handler, doors) {
      fetch = handler;
      upgrade = doors;
    },
    async close(withinMs) {
      const closed = new Promise((resolve) => void server.close(resolve));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function startError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const says = refusals[error.code ?? ''];
  return says === undefined ? error : new StartError(says(host, port), 'port');
}

const refusals: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `Port ${port} on ${host} is taken; PORT names another one.`,
  EACCES: (_, port) => `Port ${port} may not be used by this account; PORT names another one.`,
  EADDRNOTAVAIL: (host) => `HOST ${host} is no address of this machine.`,
  ENOTFOUND: (host) => `HOST ${host} is no address of this machine.`,
};

/** An address that stands for all of them isn't one that a browser can open. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
