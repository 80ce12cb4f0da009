import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { messages } from '../../../locales/vite-plugin.ts';
import type { Made } from '../../made-once/made-once.ts';

/** Builds the gallery and serves it from memory, at an origin of this machine. */
export async function serveGallery(): Promise<Made> {
  const files = await buildGallery();
  const server = createServer(({ url = '' }, response) => {
    const path = new URL(url, 'http://gallery.test').pathname;
    const body = files.get(path);
    if (body === undefined) return response.writeHead(404).end();
    // Every scene loads the same files.
    const head = { 'content-type': typeOf(path), 'cache-control': 'max-age=3600' };
    return response.writeHead(200, head).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async end() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The built gallery's files by their path. */
async function buildGallery(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [messages()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      rolldownOptions: { input: fileURLToPath(new URL('gallery.html', import.meta.url)) },
    },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('One build was expected.');
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : file.source,
    ]),
  );
}

function typeOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html';
  if (path.endsWith('.css')) return 'text/css';
  return path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
}
