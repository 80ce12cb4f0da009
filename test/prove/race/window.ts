import { nanoid } from 'nanoid';
import { closeCodes } from '../../../protocol/refusals.ts';
import type { AgentStreamEvent } from '../../../protocol/stream-events.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { extensionId } from '../../../server/people/origins.ts';
import { type Frame, type RaceSocket, raceSocket } from './socket.ts';

type Part = {
  readonly of: string;
  readonly epoch: number;
  readonly upTo: number;
  readonly interaction: string;
  readonly events: readonly AgentStreamEvent[];
};

export type WindowDeps = {
  readonly url: string;
  readonly token: () => Promise<string>;
  /** This window is the live one now. */
  readonly live: (window: RaceWindow) => void;
  /** Every event of the agent's stream, in order; a window that was away may repeat some. */
  readonly event: (event: AgentStreamEvent) => void;
  /** It starts from a snapshot: what was before this seq is not told to it. */
  readonly jumped: (seq: number) => void;
  readonly answered: (frame: Frame) => void;
};

export type RaceWindow = {
  readonly open: (claim: boolean) => void;
  readonly send: (frame: object) => void;
  readonly cut: () => void;
  readonly close: () => void;
};

const AGAIN_MS = 100;

/** One browser of an agent: a desk of its own with its own cursors (STATE-11). */
export function raceWindow({ url, token, live, event, jumped, answered }: WindowDeps): RaceWindow {
  const desk = nanoid();
  const cursors = new Map<string, { interaction: string; epoch: number; seq: number }>();
  let agentSeq = 0;
  let socket: RaceSocket | null = null;
  let stopped = false;

  async function hello(claim: boolean): Promise<void> {
    socket?.send({
      ...{ type: 'hello', protocol: PROTOCOL, token: await token(), desk, claim, agentSeq },
      cursors: [...cursors.values()],
    });
  }

  function heard(frame: Frame): void {
    if (frame.type === 'welcome') {
      const snapshot = frame.snapshot as { readonly seq: number } | null;
      if (snapshot !== null) {
        agentSeq = snapshot.seq;
        cursors.clear();
        jumped(snapshot.seq);
      }
      live(window);
    } else if (frame.type === 'batch') {
      for (const part of frame.parts as readonly Part[]) take(part);
      socket?.send({ type: 'got', batch: frame.batch });
    } else if (frame.type === 'ack' || frame.type === 'refused') answered(frame);
  }

  function take({ of, epoch, upTo, interaction, events }: Part): void {
    if (of === 'interaction') {
      const at = cursors.get(interaction);
      if (at === undefined || at.epoch <= epoch)
        cursors.set(interaction, { interaction, epoch, seq: upTo });
      return;
    }
    for (const one of events) {
      const { event: what } = one;
      if (what.type === 'revoked') cursors.delete(what.interaction);
      if (what.type === 'granted') {
        const { interaction, epoch } = what;
        cursors.set(interaction, { interaction, epoch, seq: 0 });
      }
      event(one);
    }
    agentSeq = upTo;
  }

  const window: RaceWindow = {
    open(claim) {
      if (socket !== null || stopped) return;
      const mine = raceSocket(
        `${url.replace('http', 'ws')}/agent`,
        `chrome-extension://${extensionId}`,
        {
          opened: () => void hello(claim),
          heard,
          closed: (code) => {
            if (socket === mine) socket = null;
            // Who is told that the desk is open elsewhere waits until somebody takes it back.
            if (code !== closeCodes['open-elsewhere'] && !stopped)
              setTimeout(() => window.open(false), AGAIN_MS);
          },
        },
      );
      socket = mine;
    },
    send: (frame) => socket?.send(frame),
    cut: () => socket?.cut(),
    close: () => {
      stopped = true;
      socket?.cut();
    },
  };
  return window;
}
