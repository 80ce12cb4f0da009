import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { limits } from '../../../protocol/limits.ts';
import type { createDoor } from './door.ts';

const demo = fileURLToPath(new URL('../../../widget/demo', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** A shop of another origin, when it is called by another name of this machine. */
const elsewhere = (port: number) =>
  `<!doctype html><title>Elsewhere</title><body><script src="http://127.0.0.1:${port}/widget.js" data-site="demo" defer></script>`;

/** What the chat's page may do: nothing but its own scripts, styles and socket. */
const chatPolicy = (sites: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${sites}`,
  ].join('; ');

/** The built widget, the demo pages and the door on a port of the machine; `stop` and `listen` again keep the port. */
export async function serveWidget(folder: string, door: ReturnType<typeof createDoor>) {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/elsewhere') {
      response.setHeader('content-type', 'text/html');
      response.end(elsewhere(request.socket.localPort ?? 0));
      return;
    }
    const file = fileOf(folder, pathname);
    try {
      const body = readFileSync(file ?? '');
      response.setHeader('content-type', types[extname(file ?? '')] ?? 'text/plain');
      if (pathname === '/chat')
        response.setHeader('content-security-policy', chatPolicy("'self' http://localhost:*"));
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const ws = new WebSocketServer({ server, path: '/customer', maxPayload: 64 * 1024 });
  ws.on('connection', (socket) => {
    const call = door.call({
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: (code) => socket.close(code),
    });
    socket.on('message', (data) => call.hear(String(data)));
    socket.on('close', call.gone);
  });
  setInterval(door.beat, limits.customerHeartbeatMs).unref();
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    listen: () => listen(port),
    /** As if it were killed: every connection breaks. */
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function fileOf(folder: string, path: string): string | null {
  const clean = normalize(path);
  if (clean === '/chat') return join(folder, 'chat/index.html');
  if (clean === '/widget.js') return join(folder, 'widget.js');
  if (clean.startsWith('/widget/')) return join(folder, clean.slice('/widget/'.length));
  if (clean === '/demo') return join(demo, 'index.html');
  if (clean.startsWith('/demo/'))
    return join(demo, clean.slice('/demo/'.length) + (extname(clean) === '' ? '.html' : ''));
  return null;
}
