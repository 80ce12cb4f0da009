import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { Made, Name } from './made-once.ts';

/**
 * Runs beside the tests: keeps what several files need and is slow to make. Each is made when the
 * first of them asks, so that a run which needs none starts none, and is gone after the last.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const made = new Map<Name, Promise<Made>>();
  const make = (name: Name) => {
    const known = made.get(name) ?? makers[name]();
    made.set(name, known);
    return known;
  };
  const server = createServer(async ({ url = '' }, response) => {
    try {
      response.end((await make(url.slice(1) as Name)).address);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('madeOnce', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    const all = await Promise.allSettled(made.values());
    for (const one of all) if (one.status === 'fulfilled') await one.value.end();
  };
}

const makers: Readonly<Record<Name, () => Promise<Made>>> = {
  browser: async () => (await import('./browser.ts')).makeBrowser(),
  gallery: async () => (await import('../components/gallery/build.ts')).serveGallery(),
  widget: async () => (await import('../widget/world/built.ts')).buildWidget(),
};
