import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A relay before the server that sees which desks come and go. */
export type WatchedDoor = {
  /** The server, as the desk is told. */
  readonly url: string;
  /** Connections to the agent's door so far, and those that are open now. */
  readonly opened: () => number;
  readonly open: () => number;
  readonly close: () => Promise<void>;
};

export async function watchDoor(server: string): Promise<WatchedDoor> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  let opened = 0;
  let open = 0;

  const relay = createServer((desk) => {
    const upstream = connect(Number(port), hostname);
    for (const one of [desk, upstream]) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sockets.delete(one);
        desk.destroy();
        upstream.destroy();
      });
    }
    desk.once('data', (head) => {
      if (!head.toString('latin1').startsWith('GET /agent ')) return;
      opened++;
      open++;
      desk.once('close', () => open--);
    });
    desk.pipe(upstream).pipe(desk);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');

  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    opened: () => opened,
    open: () => open,
    async close() {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await once(relay, 'close');
    },
  };
}
