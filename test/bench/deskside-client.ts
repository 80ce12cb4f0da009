import { limits } from '../../protocol/limits.ts';
import { numberIn, numberInId } from './message-text.ts';
import { withResolvers } from './resolvers.ts';
import type { Side } from './subject.ts';
import { connectWs, type WsClient, type WsTarget } from './ws-client.ts';

/** What one interaction is for one client: how far it has read, and how far it said so. */
type Conversation = {
  epoch: number;
  /** `upTo` of the last part. */
  cursor: number;
  /** The highest seq ever seen: what comes again after a restart isn't new. */
  seen: number;
  /** While catching up: the cursor that it had before; 0 otherwise. */
  goal: number;
  readTold: number;
  readAt: number;
};

/** The parts of the protocol's frames that the load needs; checked by nothing, parsed by JSON.parse. */
type FrameDown =
  | { readonly type: 'marks' | 'typing' | 'heartbeat' | 'position' }
  | { readonly type: 'welcome'; readonly snapshot?: { readonly seq: number } | null }
  | { readonly type: 'ack'; readonly id: string; readonly stream: string }
  | { readonly type: 'refused'; readonly id: string | null; readonly refusal: string }
  | { readonly type: 'batch'; readonly batch: number; readonly parts: readonly Part[] };
type Part = {
  readonly of: 'agent' | 'interaction';
  readonly interaction: string;
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
  readonly events: readonly StreamEvent[];
};
export type StreamEvent = {
  readonly seq: number;
  readonly commandId?: string;
  readonly content?: { readonly text?: string } | null;
  readonly event: {
    readonly type: string;
    readonly interaction?: string;
    readonly offer?: string;
  };
};

export type ClientHears = {
  readonly acked: (n: number) => void;
  readonly refused: (n: number, refusal: string) => void;
  readonly delivered: (n: number) => void;
  /** The answer to a command that is no message. */
  readonly ack: (client: DesksideClient, stream: string) => void;
  /** An event of the agent's own stream. */
  readonly own: (client: DesksideClient, event: StreamEvent) => void;
  /** An event of an interaction that is no message. */
  readonly event: (client: DesksideClient, interaction: string, event: StreamEvent) => void;
  readonly fault: (what: string) => void;
};

export type DesksideClient = {
  readonly side: Side;
  readonly index: number;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** The cursor in the agent's own stream. */
  readonly ownSeq: () => number;
  /** Connects and says hello; resolves with the welcome. */
  readonly connect: (target: WsTarget, hello: string) => Promise<void>;
  /** Forgets the last entries of every conversation; resolves when they came again. */
  readonly catchUp: (missed: number) => Promise<void>;
  readonly send: (frame: string) => void;
  /** Called every `SWEEP_MS`: reads that had to wait, heartbeats. */
  readonly sweep: (now: number) => void;
  readonly close: () => void;
};

export const SWEEP_MS = 200;

/**
 * A desk or a widget as the server sees them: applies batches in order, answers each with `got`,
 * tells what was read as often as it may, and beats.
 */
export function createDesksideClient(
  side: Side,
  index: number,
  hears: ClientHears,
): DesksideClient {
  const beatMs = side === 'agent' ? limits.agentHeartbeatMs : limits.customerHeartbeatMs;
  const conversations = new Map<string, Conversation>();
  const unread = new Set<string>();
  let ws: WsClient | null = null;
  let closing = false;
  let own = 0;
  /** Spread over the period, as the clients of a day are. */
  let beatAt = performance.now() + ((index * 7919) % 1000) * (beatMs / 1000);
  let welcomed: () => void = () => {};
  let missing = 0;
  let caughtUp: () => void = () => {};

  const send = (frame: string): void => ws?.send(frame);

  function hear(frame: FrameDown): void {
    switch (frame.type) {
      case 'batch':
        for (const part of frame.parts) apply(part);
        send(`{"type":"got","batch":${frame.batch}}`);
        return;
      case 'ack': {
        const n = numberInId(frame.id);
        if (Number.isNaN(n)) hears.ack(client, frame.stream);
        else hears.acked(n);
        return;
      }
      case 'refused': {
        const n = frame.id === null ? Number.NaN : numberInId(frame.id);
        if (Number.isNaN(n)) hears.fault(`${side} ${index}: refused, ${frame.refusal}`);
        else hears.refused(n, frame.refusal);
        return;
      }
      case 'welcome':
        own = frame.snapshot?.seq ?? own;
        welcomed();
        return;
      default:
        return;
    }
  }

  function apply(part: Part): void {
    if (part.of === 'agent') {
      if (part.after !== own) hears.fault(`agent ${index}: gap after ${own}, got ${part.after}`);
      own = part.upTo;
      for (const event of part.events) hears.own(client, event);
      return;
    }
    const conversation = conversationOf(part.interaction, part.epoch);
    if (part.after !== conversation.cursor) {
      hears.fault(`${side} ${index}: gap after ${conversation.cursor}, got ${part.after}`);
      return;
    }
    conversation.cursor = part.upTo;
    for (const event of part.events)
      if (event.seq > conversation.seen) show(part.interaction, conversation, event);
    if (part.upTo > conversation.seen) conversation.seen = part.upTo;
    if (conversation.goal > 0 && part.upTo >= conversation.goal) {
      conversation.goal = 0;
      missing -= 1;
      if (missing === 0) caughtUp();
    }
  }

  function conversationOf(interaction: string, epoch: number): Conversation {
    const known = conversations.get(interaction);
    if (known !== undefined && known.epoch === epoch) return known;
    const fresh = { epoch, cursor: 0, seen: 0, goal: 0, readTold: 0, readAt: 0 };
    conversations.set(interaction, fresh);
    return fresh;
  }

  function show(interaction: string, conversation: Conversation, event: StreamEvent): void {
    if (event.event.type !== 'message-posted') {
      hears.event(client, interaction, event);
      return;
    }
    if (event.commandId !== undefined) return;
    hears.delivered(numberIn(event.content?.text ?? ''));
    conversation.seen = event.seq;
    const now = performance.now();
    if (now - conversation.readAt >= limits.marksEveryMs) read(interaction, conversation, now);
    else unread.add(interaction);
  }

  function read(interaction: string, conversation: Conversation, now: number): void {
    conversation.readAt = now;
    if (conversation.seen <= conversation.readTold) return;
    conversation.readTold = conversation.seen;
    send(`{"type":"read","interaction":"${interaction}","seq":${conversation.seen}}`);
  }

  const client: DesksideClient = {
    side,
    index,
    conversations,
    ownSeq: () => own,
    async connect(target, hello) {
      const { promise, resolve, reject } = withResolvers<void>();
      welcomed = resolve;
      closing = false;
      ws = await connectWs(target, {
        text: (text) => hear(JSON.parse(text) as FrameDown),
        closed(code) {
          ws = null;
          reject(new Error(`${side} ${index}: closed with ${code} before the welcome`));
          // 1006 and null: the server was killed, on purpose.
          if (!closing && code !== null) hears.fault(`${side} ${index}: closed with ${code}`);
        },
      });
      send(hello);
      await promise;
    },
    catchUp(missed) {
      const { promise, resolve } = withResolvers<void>();
      caughtUp = resolve;
      missing = conversations.size;
      for (const conversation of conversations.values()) {
        conversation.goal = conversation.cursor;
        conversation.cursor = Math.max(0, conversation.cursor - missed);
      }
      if (missing === 0) resolve();
      return promise;
    },
    send,
    sweep(now) {
      for (const interaction of unread) {
        const conversation = conversations.get(interaction);
        if (conversation === undefined || now - conversation.readAt < limits.marksEveryMs) continue;
        unread.delete(interaction);
        read(interaction, conversation, now);
      }
      if (now < beatAt) return;
      beatAt = now + beatMs;
      send('{"type":"heartbeat"}');
    },
    close() {
      closing = true;
      ws?.close();
      ws = null;
    },
  };
  return client;
}
