import type { HeldClock } from './held-clock.ts';
import type { Random } from './random.ts';

/** One end of a connection, as a session or a link sees it. */
export type End = {
  readonly received: (text: string) => void;
  /** The other side or the network closed it; 1006: cut. */
  readonly closed: (code: number) => void;
};

export type Wire = {
  readonly send: (text: string) => void;
  readonly close: (code: number) => void;
};

export type Weather = {
  /** Longest delay of one frame, in milliseconds. */
  delayMs: number;
  /** Chance that a frame is lost; the connection is cut with it, as TCP would. */
  loss: number;
  /** Chance that a frame arrives twice. */
  twice: number;
};

/**
 * Connections that keep their order but take their time, lose, repeat and break. Frames on the
 * way when a connection is cut are gone, each side hears of it when the network pleases.
 */
export function createNetwork(clock: HeldClock, random: Random, weather: Weather) {
  type Connection = { up: End; down: End; open: boolean; clear: { up: number; down: number } };
  const connections = new Set<Connection>();
  const counts = { cut: 0, frames: 0, twice: 0 };

  function deliver(connection: Connection, way: 'up' | 'down', text: string): void {
    if (!connection.open) return;
    counts.frames++;
    if (random.chance(weather.loss)) {
      cut(connection);
      return;
    }
    const times = random.chance(weather.twice) && !text.startsWith('{"type":"hello"') ? 2 : 1;
    counts.twice += times - 1;
    const at = Math.max(connection.clear[way], clock.now() + random.below(weather.delayMs + 1));
    connection.clear[way] = at;
    clock.at(at, () => {
      for (let n = 0; n < times; n++) if (connection.open) connection[way].received(text);
    });
  }

  function cut(connection: Connection): void {
    if (!connection.open) return;
    connection.open = false;
    connections.delete(connection);
    counts.cut++;
    for (const way of ['up', 'down'] as const)
      clock.at(clock.now() + random.below(weather.delayMs + 1), () => connection[way].closed(1006));
  }

  function closeBy(connection: Connection, other: 'up' | 'down', code: number): void {
    if (!connection.open) return;
    /** What was sent before the close still arrives. */
    const at = Math.max(connection.clear[other], clock.now() + random.below(weather.delayMs + 1));
    connection.clear[other] = at;
    clock.at(at, () => {
      if (!connection.open) return;
      connection.open = false;
      connections.delete(connection);
      connection[other].closed(code);
      connection[other === 'up' ? 'down' : 'up'].closed(code);
    });
  }

  return {
    counts,
    size: () => connections.size,
    /** `accept` is the server: given its wire down it returns its end, or null when it isn't there. */
    connect(
      client: End & { readonly opened: () => void },
      accept: (wire: Wire) => End | null,
    ): Wire & { cut: () => void } {
      const connection: Connection = {
        up: client,
        down: client,
        open: true,
        clear: { up: 0, down: 0 },
      };
      connection.down = client;
      connections.add(connection);
      let ready = false;
      clock.at(clock.now() + 1 + random.below(weather.delayMs + 1), () => {
        if (!connection.open) return;
        const end = accept({
          send: (text) => deliver(connection, 'down', text),
          close: (code) => closeBy(connection, 'down', code),
        });
        if (end === null) {
          connection.open = false;
          connections.delete(connection);
          client.closed(1006);
          return;
        }
        connection.up = end;
        ready = true;
        client.opened();
      });
      return {
        send: (text) => {
          if (ready) deliver(connection, 'up', text);
        },
        close: (code) => {
          if (ready) closeBy(connection, 'up', code);
          else {
            connection.open = false;
            connections.delete(connection);
            clock.at(clock.now(), () => client.closed(code));
          }
        },
        cut: () => cut(connection),
      };
    },
    /** The server's machine is gone: every connection breaks at once; the server's side hears nothing. */
    cutAll(): void {
      for (const connection of [...connections]) {
        connection.up = { received: () => {}, closed: () => {} };
        cut(connection);
      }
    },
    cutOne(): void {
      const connection = random.pick([...connections]);
      if (connection !== undefined) cut(connection);
    },
  };
}
