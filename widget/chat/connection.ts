import type { CustomerFrameUp } from '../../protocol/frames.ts';
import { type FrameDown, parseFrameDown } from './frames-down.ts';
import { closeCodes, limits } from './wire.ts';

/**
 * One socket after another to the customer's door.
 *
 *   resting ──time──► opening ──opened, hello──► greeting ──welcome──► live
 *      ▲                 │                          │                    │
 *      └──── closed, silent or too slow ────────────┴────────────────────┘
 *   any ──a close code that no retry cures──► stopped          any ──close()──► closed
 */
export type Phase = 'resting' | 'opening' | 'greeting' | 'live' | 'stopped' | 'closed';

/** Opens a socket. Exactly one `closed` ends it, unless we closed it ourselves. */
export type Transport = (hear: {
  readonly opened: () => void;
  readonly received: (text: string) => void;
  readonly closed: (code: number) => void;
}) => Socket;
export type Socket = { readonly send: (text: string) => void; readonly close: () => void };

/** `now` in milliseconds, never going back; `at` runs once, not before `time`, and returns how to cancel it. */
export type Clock = {
  readonly now: () => number;
  readonly at: (time: number, what: () => void) => () => void;
};

export type ConnectionDeps = {
  readonly transport: Transport;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly hello: () => CustomerFrameUp;
  readonly heard: (frame: FrameDown) => void;
  /** The phase is another one. Under `live` the welcome has been heard. */
  readonly changed: () => void;
};

export function createConnection(deps: ConnectionDeps) {
  const { clock } = deps;
  let phase: Phase = 'opening';
  let socket: Socket | null = null;
  /** Failed tries since the last connection that lasted. */
  let tries = 0;
  let liveSince = 0;
  let heardAt = 0;
  /** The last beat of ours. */
  let sentAt = 0;
  let stopCode = 0;
  let cancelStep = () => {};
  let cancelBeat = () => {};

  const enter = (next: Phase) => {
    phase = next;
    deps.changed();
  };
  const step = (afterMs: number, what: () => void) => {
    cancelStep();
    cancelStep = clock.at(clock.now() + afterMs, what);
  };
  const send = (frame: CustomerFrameUp) => socket?.send(JSON.stringify(frame));

  function open() {
    drop();
    step(WELCOME_MS, () => over(0));
    const mine: Socket = deps.transport({
      opened: () => {
        if (socket !== mine) return;
        enter('greeting');
        send(deps.hello());
      },
      received: (text) => socket === mine && receive(text),
      closed: (code) => socket === mine && over(code),
    });
    socket = mine;
    enter('opening');
  }

  function receive(text: string) {
    heardAt = clock.now();
    const frame = parseFrameDown(text);
    if (frame === null) return;
    if (frame === 'unreadable') return over(0);
    if (frame.type === 'welcome') {
      liveSince = heardAt;
      watch();
      sentAt = heardAt;
      cancelBeat = clock.at(sentAt + limits.customerHeartbeatMs, beat);
      deps.heard(frame);
      return enter('live');
    }
    if (frame.type === 'heartbeat') return answerBeat();
    if (phase === 'live' || frame.type === 'refused') deps.heard(frame);
  }

  function beat() {
    cancelBeat();
    sentAt = clock.now();
    cancelBeat = clock.at(sentAt + limits.customerHeartbeatMs, beat);
    send({ type: 'heartbeat' });
  }

  /**
   * A hidden page's timers may run as seldom as once a minute, which the server would take for
   * silence; what a socket hears is heard at once. So the server's beat is answered by ours.
   */
  function answerBeat() {
    if (phase === 'live' && clock.now() - sentAt >= limits.customerHeartbeatMs / 2) beat();
  }

  function watch() {
    const left = heardAt + limits.customerSilenceMs - clock.now();
    if (left <= 0) over(0);
    else step(left, watch);
  }

  /** The socket is of no use any more; 0: by our own judgement. */
  function over(code: number) {
    const lasted = phase === 'live' && clock.now() - liveSince >= LASTING_MS;
    drop();
    tries = lasted ? 0 : tries + 1;
    if (incurable.has(code)) {
      stopCode = code;
      return enter('stopped');
    }
    const longest = Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** tries);
    step(longest * (0.5 + deps.random() / 2), open);
    enter('resting');
  }

  function drop() {
    cancelStep();
    cancelBeat();
    const old = socket;
    socket = null;
    old?.close();
  }

  return {
    open,
    send,
    phase: () => phase,
    tries: () => tries,
    /** Why it is `stopped`: a close code. */
    stopCode: () => stopCode,
    /** The server knows something new of us that it says only to those who say hello. */
    renew: () => {
      if (phase === 'live') open();
    },
    /** The page is looked at again, or the network is back: don't wait any longer. */
    wake: () => {
      if (phase === 'resting') open();
      else if (phase === 'live' && clock.now() - heardAt >= limits.customerSilenceMs) over(0);
      else if (phase === 'live') beat();
    },
    close: () => {
      drop();
      enter('closed');
    },
  };
}

/** Opening and greeting together: a server that takes longer is as good as away. */
const WELCOME_MS = 10_000;
/** A connection that ended sooner than this counts as a failed try. */
const LASTING_MS = 5_000;
/** Half of it to all of it, by chance, so that a restarted server isn't met by everybody at once. */
const RETRY_MS = 500;
/** A customer who watches shouldn't wait long after the server is back. */
const RETRY_MS_MAX = 15_000;
/** Trying again with the same page, from the same place, would be answered the same. */
const incurable: ReadonlySet<number> = new Set([
  closeCodes['protocol-too-old'],
  closeCodes['not-signed-in'],
  closeCodes['wrong-origin'],
]);
