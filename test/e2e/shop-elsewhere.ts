import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A shop on a site of its own (`localhost` is another one than `127.0.0.1`), as customers have it. */
export type Shop = {
  readonly origin: string;
  /** From now on its page has the chat of this server. */
  readonly showChatOf: (server: string, site: string) => void;
};

export async function shopElsewhere(): Promise<Shop> {
  let script = '';
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Corner Books</title>
      <style>body { font: 18px/1.5 Georgia, serif; margin: 10vh 12vw; }</style>
      <h1>Corner Books</h1><p>Used books, and a chat about them.</p>${script}</html>`);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    showChatOf: (server, site) => {
      script = `<script src="${server}/widget.js" data-site="${site}" defer></script>`;
    },
  };
}
