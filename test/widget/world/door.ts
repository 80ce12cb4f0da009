import * as v from 'valibot';
import type { SiteCard } from '../../../protocol/cards.ts';
import { type CustomerFrameDown, CustomerFrameUp } from '../../../protocol/frames.ts';
import type { CommandId, CustomerId, InteractionId, QueueId } from '../../../protocol/ids.ts';
import { interactionOf, interactionStream } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import { type RefusalName, refusals } from '../../../protocol/refusals.ts';
import type { InteractionStreamEvent } from '../../../protocol/stream-events.ts';
import { PROTOCOL } from '../../../protocol/version.ts';

/** One socket as the door sees it. */
export type Caller = {
  readonly send: (frame: v.InferOutput<typeof CustomerFrameDown>) => void;
  readonly close: (code: number) => void;
};
/** It follows one interaction, as the server's sessions do from their hello or their start on. */
type Line = Caller & {
  customer: string | null;
  room: Room | null;
  cursor: number;
  /** The next batch goes when this one is acknowledged. */
  unacknowledged: number | null;
};
type Room = {
  readonly id: InteractionId;
  readonly customer: string;
  readonly events: InteractionStreamEvent[];
  over: boolean;
};
export type Received = v.InferOutput<typeof CustomerFrameUp>;

export const demoSite: SiteCard = {
  name: 'Harbour & Pine',
  accent: '#1f6f5c',
  languages: [],
  queues: [{ id: 'orders' as QueueId, name: 'Orders and delivery' }],
  form: [
    { field: 'name', required: true },
    { field: 'email', required: false },
  ],
};

/**
 * The customer's door, small enough to be seen through: it keeps its events in memory, answers a
 * command id once and for all, and does what a test tells it in the agent's name. Every frame
 * that a widget sends is held against the protocol; one that doesn't fit throws.
 */
export function createDoor(now: () => number, site: SiteCard = demoSite) {
  const lines = new Set<Line>();
  const rooms: Room[] = [];
  const answers = new Map<CommandId, v.InferOutput<typeof CustomerFrameDown>>();
  const received: Received[] = [];
  let batch = 0;
  let refuseNext: { refusal: RefusalName; retryMs: number | null } | null = null;

  const roomOf = (customer: string | null) =>
    rooms.findLast((one) => one.customer === customer && !one.over) ?? null;

  function follow(line: Line, room: Room, cursor: number) {
    if (line.room === room && cursor === 0) return;
    line.room = room;
    line.cursor = cursor;
    tell(line, room);
  }
  function tell(line: Line, room: Room) {
    const events = room.events.filter((one) => one.seq > line.cursor);
    if (events.length === 0 || line.unacknowledged !== null) return;
    const after = line.cursor;
    line.cursor = room.events.length;
    batch += 1;
    line.unacknowledged = batch;
    const part = { of: 'interaction', interaction: room.id, epoch: 0, after } as const;
    line.send({ type: 'batch', batch, parts: [{ ...part, upTo: line.cursor, events }] });
  }
  const tellAll = (room: Room) => {
    for (const line of lines) if (line.room === room) tell(line, room);
  };
  const append = (
    room: Room,
    event: InteractionEvent,
    more: Partial<Pick<InteractionStreamEvent, 'content' | 'commandId'>> = {},
  ) => {
    room.events.push({ seq: room.events.length + 1, at: now(), event, ...more });
    if (event.type === 'ended' || event.type === 'abandoned') room.over = true;
    tellAll(room);
  };

  function obey(line: Line, { id, command }: Extract<Received, { type: 'command' }>) {
    const known = answers.get(id);
    if (known !== undefined) {
      line.send(known);
      const room =
        known.type === 'ack' && rooms.find((one) => one.id === interactionOf(known.stream));
      if (command.type === 'start' && room) follow(line, room, 0);
      return;
    }
    if (refuseNext !== null) {
      const refused = { type: 'refused', id, ...refuseNext } as const;
      refuseNext = null;
      if (refused.retryMs === null) answers.set(id, refused);
      return line.send(refused);
    }
    const room =
      command.type === 'start'
        ? (roomOf(line.customer) ?? begin(line, command, id))
        : rooms.find((one) => one.id === command.interaction);
    if (room === undefined || room.customer !== line.customer || room.over) {
      const refusal = room?.over ? 'not-active' : 'unknown-interaction';
      const no = { type: 'refused', id, refusal, retryMs: null } as const;
      answers.set(id, no);
      return line.send(no);
    }
    if (command.type === 'post') {
      const event = { type: 'message-posted', author: { kind: 'customer' } } as const;
      append(room, event, { content: { text: command.text }, commandId: id });
    }
    const ack = {
      type: 'ack',
      id,
      stream: interactionStream(room.id),
      seq: room.events.length,
    } as const;
    answers.set(id, ack);
    if (command.type === 'leave') {
      const agent = room.events.some((one) => one.event.type === 'accepted');
      const event = agent
        ? ({ type: 'ended', by: 'customer', wrapUpUntil: null } as const)
        : ({ type: 'abandoned', by: 'customer' } as const);
      append(room, event, { commandId: id });
    }
    line.send(ack);
    if (command.type !== 'start') return;
    // The other tabs hear of it, too.
    for (const one of lines) if (one.customer === line.customer) follow(one, room, 0);
  }

  function begin(
    line: Line,
    command: Extract<Received, { type: 'command' }>['command'] & { type: 'start' },
    id: CommandId,
  ): Room {
    const room: Room = {
      id: `talk-${rooms.length + 1}` as InteractionId,
      customer: line.customer ?? '',
      events: [],
      over: false,
    };
    rooms.push(room);
    const { queue, language } = command;
    const customer = 'customer' as CustomerId;
    append(
      room,
      { type: 'started', channel: 'chat', customer, queue, language },
      { commandId: id, content: {} },
    );
    return room;
  }

  function hear(line: Line, text: string) {
    const frame = v.parse(CustomerFrameUp, JSON.parse(text));
    received.push(frame);
    switch (frame.type) {
      case 'hello': {
        line.customer = frame.secret;
        const room = roomOf(frame.secret);
        const held = rooms.find((one) => one.id === frame.cursor?.interaction);
        const shown = room ?? held ?? null;
        const interaction = room?.id ?? null;
        const queues = site.queues.map(({ id }) => ({
          queue: id,
          state: 'open' as const,
          canLeaveMessage: false,
        }));
        line.send({ type: 'welcome', protocol: PROTOCOL, now: now(), site, queues, interaction });
        if (shown !== null) follow(line, shown, shown === held ? (frame.cursor?.seq ?? 0) : 0);
        return;
      }
      case 'command':
        return obey(line, frame);
      case 'from': {
        const room = rooms.find((one) => one.id === interactionOf(frame.stream));
        line.cursor = frame.after;
        line.unacknowledged = null;
        return room === undefined ? undefined : tell(line, room);
      }
      case 'got':
        if (line.unacknowledged === frame.batch) line.unacknowledged = null;
        return line.room === null ? undefined : tell(line, line.room);
      case 'heartbeat':
      case 'read':
      case 'typing':
        return;
      default:
        return frame satisfies never;
    }
  }

  return {
    received,
    rooms,
    call(caller: Caller) {
      const line: Line = { ...caller, customer: null, room: null, cursor: 0, unacknowledged: null };
      lines.add(line);
      return { hear: (text: string) => hear(line, text), gone: () => lines.delete(line) };
    },
    commands: () => received.filter((frame) => frame.type === 'command'),
    /** The next command hears no. */
    refuseNext(refusal: RefusalName, retryMs: number | null = null) {
      if (refusals[refusal].final !== (retryMs === null)) throw new Error('no such refusal');
      refuseNext = { refusal, retryMs };
    },
    append: (event: InteractionEvent, text?: string) =>
      append(rooms.at(-1)!, event, text === undefined ? {} : { content: { text } }),
    /** To be called every 20 s. */
    beat() {
      for (const line of lines)
        if (line.customer !== null) line.send({ type: 'heartbeat', now: now() });
    },
    /** A frame to every socket, whatever it says. */
    say(frame: v.InferOutput<typeof CustomerFrameDown>) {
      for (const line of lines) line.send(frame);
    },
    closeAll(code: number) {
      for (const line of [...lines]) line.close(code);
    },
  };
}
