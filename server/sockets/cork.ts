import type { Duplex } from 'node:stream';

/** A socket's writes of one turn of the event loop. */
export type Corked = { readonly socket: Duplex; corked: boolean };

/**
 * Holds back what is written to a socket until the turn is over, so that all of it is one packet
 * and one call into the system: half as much work again per message without it.
 */
export function createCorks(): (one: Corked) => void {
  let touched: Corked[] = [];

  function release(): void {
    const now = touched;
    touched = [];
    for (const one of now) {
      one.corked = false;
      one.socket.uncork();
    }
  }

  return (one) => {
    if (one.corked) return;
    one.corked = true;
    one.socket.cork();
    if (touched.length === 0) setImmediate(release);
    touched.push(one);
  };
}
