import { createServer } from 'node:http';

/** A page of somebody's site with the chat on it: one script tag. */
export async function servePage() {
  let server = '';
  const http = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
      <script src="${server}/widget.js" data-site="bench" defer></script></html>`);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    /** The chat's server, once it runs. */
    show(url: string): void {
      server = url;
    },
    close(): void {
      http.closeAllConnections();
      http.close();
    },
  };
}
