import WebSocket from 'ws';

/** A frame as it came, not yet believed to be anything. */
export type Frame = { readonly type: string } & Readonly<Record<string, unknown>>;

export type RaceSocket = {
  readonly send: (frame: object) => void;
  /** As a pulled cable: nobody says goodbye. */
  readonly cut: () => void;
};

/** A real socket to a door; `closed` is called once, `heard` never after it. */
export function raceSocket(
  url: string,
  origin: string,
  hear: {
    readonly opened: () => void;
    readonly heard: (frame: Frame) => void;
    readonly closed: (code: number) => void;
  },
): RaceSocket {
  const socket = new WebSocket(url, { origin, perMessageDeflate: false });
  let over = false;
  const end = (code: number) => {
    if (!over) {
      over = true;
      hear.closed(code);
    }
  };
  socket.on('open', hear.opened);
  socket.on('message', (data) => {
    if (!over) hear.heard(JSON.parse(String(data)) as Frame);
  });
  socket.on('error', () => {});
  socket.on('close', end);
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    cut: () => {
      end(1006);
      socket.terminate();
    },
  };
}
