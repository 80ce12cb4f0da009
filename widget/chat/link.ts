import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import { type Clock, createConnection, type Phase, type Transport } from './connection.ts';
import { OUTBOX_ROWS, type OutboxCommand, type WidgetDisk } from './disk.ts';
import type { FrameDown, HeardPart, Site } from './frames-down.ts';
import { createOutbox, type Pending } from './outbox.ts';
import { createReading } from './reading.ts';
import { applyPart, newTalk, settledBy, type Talk, takenAsOver } from './talk.ts';
import { interactionStream, limits } from './wire.ts';

export type LinkDeps = {
  readonly transport: Transport;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly ids: () => CommandId;
  /** A fresh 256-bit secret as base64url; used when the disk has none. */
  readonly secret: () => string;
  readonly disk: WidgetDisk;
  readonly site: string;
  /** The state is another one. */
  readonly changed: (state: LinkState) => void;
};

/** Everything that a page can show. */
export type LinkState = {
  readonly connection: Phase;
  /** Tries that failed since the last connection that lasted. */
  readonly tries: number;
  readonly stopCode: number;
  readonly site: Site | null;
  /** Null until the server said whether there is one. */
  readonly talk: Talk | null;
  readonly pending: readonly Pending[];
  /** What the agent's side has of the customer's messages. */
  readonly delivered: number;
  readonly read: number;
  readonly readUpTo: number;
  readonly typing: { readonly name: string | null } | null;
  readonly position: {
    readonly position: number | null;
    readonly estimateMs: number | null;
  } | null;
};
export type CustomerLink = ReturnType<typeof createCustomerLink>;

/**
 * The customer's half of the line: says hello with the cursor, applies what comes, sends what is
 * written. It holds no socket, no timer and no database of its own: all of them come as `deps`.
 */
export function createCustomerLink(deps: LinkDeps) {
  const { clock, disk } = deps;
  let secret: string | null = null;
  let site: Site | null = null;
  let talk: Talk | null = null;
  let marks = { delivered: 0, read: 0 };
  let position: LinkState['position'] = null;
  let typing: LinkState['typing'] = null;
  let cancelTyping = () => {};
  let typedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  const isOpen = (one: Talk | null): one is Talk => one !== null && one.phase !== 'over';
  const changed = () => closed || deps.changed(state());

  const connection = createConnection({
    transport: deps.transport,
    clock,
    random: deps.random,
    hello: () => ({
      type: 'hello',
      protocol: PROTOCOL,
      secret: secret ?? '',
      site: deps.site,
      cursor: talk && { interaction: talk.interaction, seq: talk.seq },
    }),
    heard,
    changed: () => {
      const live = connection.phase() === 'live';
      outbox.setLive(live);
      if (live) reading.tellAgain();
      else setTyping(null);
      changed();
    },
  });
  const outbox = createOutbox({
    disk,
    clock,
    ids: deps.ids,
    send: connection.send,
    open: () => (isOpen(talk) ? talk.interaction : null),
    started: (interaction) => {
      if (!isOpen(talk)) adopt(interaction);
    },
    startedElsewhere: () => {
      if (!isOpen(talk)) connection.renew();
    },
    changed,
  });
  const reading = createReading({
    disk,
    clock,
    talk: () => talk,
    isLive: () => connection.phase() === 'live',
    send: connection.send,
    changed,
  });

  function heard(frame: FrameDown) {
    switch (frame.type) {
      case 'welcome':
        site = frame.site;
        if (frame.interaction !== null) adopt(frame.interaction);
        else if (talk !== null) talk = takenAsOver(talk);
        break;
      case 'batch':
        for (const part of frame.parts) take(part);
        connection.send({ type: 'got', batch: frame.batch });
        reading.tell();
        break;
      case 'ack':
        outbox.acknowledged(frame);
        break;
      case 'refused':
        outbox.refused(frame);
        break;
      case 'marks':
        if (frame.interaction !== talk?.interaction || frame.reader !== 'agent') return;
        marks = {
          delivered: Math.max(marks.delivered, frame.delivered),
          read: Math.max(marks.read, frame.read),
        };
        break;
      case 'typing':
        if (frame.interaction !== talk?.interaction || frame.by !== 'agent') return;
        setTyping({ name: frame.name });
        break;
      case 'position':
        if (frame.interaction !== talk?.interaction) return;
        position = { position: frame.position, estimateMs: frame.estimateMs };
        break;
      case 'heartbeat':
      case 'queues':
        return;
      default:
        return frame satisfies never;
    }
    changed();
  }

  /** From here on it is about this interaction; what was held of another is put away. */
  function adopt(interaction: InteractionId) {
    if (talk?.interaction === interaction) return;
    talk = newTalk(interaction);
    marks = { delivered: 0, read: 0 };
    position = null;
    setTyping(null);
  }

  function take(part: HeardPart) {
    for (const id of settledBy(part)) outbox.settled(id, part.interaction);
    // Begun in another tab; pieces of one that was put away are not wanted any more.
    if (part.after === 0 && !isOpen(talk)) adopt(part.interaction);
    if (talk?.interaction !== part.interaction) return;
    const { outcome, talk: next } = applyPart(talk, part);
    if (outcome === 'gap') askAgain(talk);
    const spoken = next.entries.at(-1);
    if (next !== talk && spoken?.kind === 'message' && spoken.from === 'agent') setTyping(null);
    if (next.phase !== 'queued') position = null;
    talk = next;
  }

  const askAgain = ({ interaction, seq }: Talk) =>
    connection.send({
      type: 'from',
      stream: interactionStream(interaction),
      epoch: 0,
      after: seq,
    });

  function setTyping(next: LinkState['typing']) {
    cancelTyping();
    typing = next;
    if (next === null) return;
    cancelTyping = clock.at(clock.now() + limits.typingHeldMs, () => {
      typing = null;
      changed();
    });
  }

  const state = (): LinkState => {
    const shown = new Set(talk?.entries.map((entry) => entry.kind === 'message' && entry.command));
    return {
      connection: connection.phase(),
      tries: connection.tries(),
      stopCode: connection.stopCode(),
      site,
      talk,
      pending: outbox.pending().filter((row) => !shown.has(row.id)),
      ...marks,
      readUpTo: reading.upTo(),
      typing,
      position,
    };
  };

  const add = (command: OutboxCommand, instead?: CommandId): boolean => {
    if (outbox.pending().length >= OUTBOX_ROWS) return false;
    outbox.add(command, instead);
    return true;
  };
  const here = () => (isOpen(talk) ? talk.interaction : null);

  return {
    state,

    /** Reads the disk and connects. Rejects when the disk can't be read at all. */
    async open(): Promise<void> {
      await Promise.all([outbox.ready, reading.ready]);
      secret = await disk.secret(deps.secret());
      if (!closed) connection.open();
    },

    /** ROUTE-10: while a start is on its way, or an interaction is open, this does nothing. */
    start(command: Omit<Extract<OutboxCommand, { type: 'start' }>, 'type'>): void {
      const starts = outbox.pending().filter((row) => row.command.type === 'start');
      if (isOpen(talk) || starts.some((row) => row.failed === null)) return;
      add({ type: 'start', ...command }, starts[0]?.id);
    },

    /** False when too much waits already (OUTBOX_ROWS). */
    post: (text: string): boolean => add({ type: 'post', interaction: here(), text }),

    leave(): void {
      const leaving = outbox.pending().some((row) => row.command.type === 'leave');
      if (!leaving) add({ type: 'leave', interaction: here() });
    },

    /** A failed message once more, as a new command. */
    retry(id: CommandId): void {
      const row = outbox.pending().find((one) => one.id === id);
      if (row?.failed && row.command.type === 'post') {
        outbox.add({ ...row.command, interaction: here() }, id);
      }
    },

    discard: outbox.discard,

    /** The customer has seen everything that is here. */
    read: reading.read,

    /** The customer is writing: told at most every `typingEveryMs`. */
    typing(): void {
      if (!isOpen(talk) || connection.phase() !== 'live') return;
      if (clock.now() - typedAt < limits.typingEveryMs) return;
      typedAt = clock.now();
      connection.send({ type: 'typing', interaction: talk.interaction });
    },

    /** The page is looked at again, or the network is back. */
    wake: connection.wake,

    /** True in the one tab that sends; it is the one that may ring, too. */
    holdsTurn: outbox.holdsTurn,

    close(): void {
      closed = true;
      connection.close();
      outbox.close();
      reading.close();
      cancelTyping();
      disk.close();
    },
  };
}
