import WebSocket from 'ws';
import type { Ledger } from './chaos-ledger.ts';

type Hear = {
  readonly opened: () => void;
  readonly received: (text: string) => void;
  readonly closed: (code: number) => void;
};

/** So many commands are sent twice, as a nervous network would. */
const AGAIN = 0.25;

/** A real socket to a door, its commands now and then sent twice. */
export function chaosSocket(url: string, origin: string, ledger: Ledger, hear: Hear) {
  const socket = new WebSocket(url, { origin, perMessageDeflate: false });
  let over = false;
  socket.on('open', () => hear.opened());
  socket.on('message', (data) => {
    const text = String(data);
    ledger.down(text);
    if (!over) hear.received(text);
  });
  socket.on('error', () => {});
  socket.on('close', (code) => {
    if (!over) hear.closed(code);
    over = true;
  });
  return {
    send: (text: string) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      const times = text.startsWith('{"type":"command"') && Math.random() < AGAIN ? 2 : 1;
      for (let n = 0; n < times; n++) {
        ledger.up(text);
        socket.send(text);
      }
    },
    close: () => {
      over = true;
      socket.close();
    },
  };
}

export const realClock = {
  now: () => Date.now(),
  at: (time: number, what: () => void) => {
    const timer = setTimeout(what, Math.max(0, time - Date.now()));
    return () => clearTimeout(timer);
  },
};
