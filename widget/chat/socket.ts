import type { Transport } from './connection.ts';

/** The customer's door of the server that this page came from. */
export const openSocket: Transport = (hear) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/customer`);
  socket.onopen = hear.opened;
  socket.onmessage = ({ data }) => hear.received(String(data));
  socket.onclose = ({ code }) => hear.closed(code);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
};
