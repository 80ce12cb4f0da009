import ReconnectingSocket from 'partysocket/ws';
import type { LinkDeps } from './link/contract.ts';

/** A server that hasn't opened the socket by then is tried again. */
const OPEN_MS = 8_000;

/**
 * Real sockets for the link. partysocket would connect again by itself, with a queue of its own;
 * here the link decides when, with which token and cursors, so both are off.
 */
export const connectBySocket: LinkDeps['connect'] = (server, on) => {
  const socket = new ReconnectingSocket(`${server.replace(/^http/, 'ws')}/agent`, undefined, {
    maxRetries: 0,
    maxEnqueuedMessages: 0,
    connectionTimeout: OPEN_MS,
    shouldReconnectOnClose: () => false,
  });
  let over = false;
  socket.addEventListener('open', () => {
    if (!over) on.opened();
  });
  socket.addEventListener('message', ({ data }) => {
    if (!over && typeof data === 'string') on.received(data);
  });
  socket.addEventListener('close', ({ code }) => {
    if (over) return;
    over = true;
    on.closed(code);
  });
  return {
    send: (text) => {
      if (!over && socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (code) => {
      over = true;
      socket.close(code);
    },
  };
};
