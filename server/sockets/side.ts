import type { CustomerFrameUp } from '../../protocol/frames.ts';
import { type InteractionId, interactionStream } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import { can } from '../access.ts';
import type { Bus } from '../bus/contract.ts';
import type { Feed, Reader } from '../feed/feed.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Actor } from '../interactions/command.ts';
import type { Mark, StoredEvent } from '../store/contract.ts';
import { untilStored } from './ask-system.ts';
import { marksText, positionText, typingText } from './down.ts';
import type { InteractionEphemeral, Listeners } from './listeners.ts';
import type { Marks } from './marks.ts';
import type { SessionDeps, Shell } from './session.ts';

/**
 * One side of a conversation, whichever it is: what it reads of the interactions it is in, how
 * far it has got, and that it is typing; and what it hears of the other side's.
 */
export type Side = {
  readonly reader: Reader;
  readonly take: (frame: SideFrame) => void;
  readonly close: () => void;
};

export type SideFrame = Extract<
  CustomerFrameUp,
  { readonly type: 'got' | 'from' | 'read' | 'typing' }
>;

export type SideDeps = SessionDeps & {
  readonly handle: Pick<Handle, 'interaction'>;
  readonly feed: Pick<Feed, 'open'>;
  readonly bus: Pick<Bus, 'tell'>;
  readonly listeners: Listeners;
  readonly marks: Marks;
};

export type Who = {
  readonly actor: Exclude<Actor, { kind: 'system' }>;
  /** Under which this side's marks are kept. */
  readonly mark: Mark['reader'];
  readonly own: (event: StoredEvent) => void;
};

/** What this session knows of an interaction that it follows. */
type Followed = {
  readonly leave: () => void;
  /** The other side is told how far this one has read. */
  isHeard: boolean;
  /** The other side's marks, as they were sent. */
  delivered: number;
  read: number;
  typedAt: number;
};

export function openSide(deps: SideDeps, shell: Shell, who: Who): Side {
  const { clock, limits, handle, feed, bus, listeners, marks } = deps;
  const { actor } = who;
  const isCustomer = actor.kind === 'customer';
  const followed = new Map<InteractionId, Followed>();
  const reader = feed.open(actor, { follows, leaves, own: who.own }, shell.send);

  function follows(interaction: InteractionId, _: number, role: Role | null): void {
    const known = followed.get(interaction);
    if (known !== undefined) {
      known.isHeard = isHeardAs(role);
      return;
    }
    const leave = listeners.onInteraction(interaction, (what) => hear(interaction, what));
    const one: Followed = {
      leave,
      isHeard: isHeardAs(role),
      delivered: 0,
      read: 0,
      typedAt: 0,
    };
    followed.set(interaction, one);
    const isOver = () => shell.isOver() || followed.get(interaction) !== one;
    shell.later(async () => {
      const stored = await untilStored(clock, () => marks.current(interaction), isOver);
      if (stored === null || isOver()) return;
      for (const mark of stored) hearMark(interaction, mark);
    });
  }

  function leaves(interaction: InteractionId): void {
    followed.get(interaction)?.leave();
    followed.delete(interaction);
  }

  function hear(interaction: InteractionId, what: InteractionEphemeral): void {
    if (what.type === 'marks') hearMark(interaction, what);
    else if (what.type === 'typing') {
      if ((what.by === 'customer') !== isCustomer)
        shell.send(typingText(interaction, what.by, what.name));
    } else if (isCustomer && what.customer === actor.id)
      shell.send(positionText(interaction, what.position, what.estimateMs));
  }

  /** Only the other side's, and only when they have risen: an older one may come later. */
  function hearMark(interaction: InteractionId, mark: Omit<Mark, 'interaction'>): void {
    const one = followed.get(interaction);
    if (one === undefined || (mark.reader === 'customer') === isCustomer) return;
    if (mark.delivered <= one.delivered && mark.read <= one.read) return;
    one.delivered = Math.max(one.delivered, mark.delivered);
    one.read = Math.max(one.read, mark.read);
    shell.send(marksText(interaction, isCustomer ? 'agent' : 'customer', one.delivered, one.read));
  }

  function take(frame: SideFrame): void {
    switch (frame.type) {
      case 'got':
        for (const { interaction, seq } of reader.got(frame.batch))
          if (interaction !== null && seq > 0 && followed.get(interaction)?.isHeard)
            marks.raise(interaction, who.mark, seq, 0);
        return;
      case 'from':
        if (reader.sent(frame.stream) === null) shell.refuse('unknown-interaction');
        else if (!reader.again(frame.stream, frame.epoch, frame.after)) shell.refuse('out-of-date');
        return;
      case 'read': {
        const sent = reader.sent(interactionStream(frame.interaction));
        if (sent === null) shell.refuse('unknown-interaction');
        else raiseRead(frame.interaction, Math.min(frame.seq, sent));
        return;
      }
      case 'typing':
        typing(frame.interaction);
        return;
      default:
        frame satisfies never;
    }
  }

  /** What is read was delivered; nobody has read what they were not sent. */
  function raiseRead(interaction: InteractionId, seq: number): void {
    if (seq > 0 && followed.get(interaction)?.isHeard) marks.raise(interaction, who.mark, seq, seq);
  }

  function typing(interaction: InteractionId): void {
    const one = followed.get(interaction);
    if (one === undefined) {
      shell.refuse('unknown-interaction');
      return;
    }
    const now = clock.now();
    if (now - one.typedAt < limits.typingEveryMs) return;
    one.typedAt = now;
    shell.later(() => tellTyping(interaction));
  }

  async function tellTyping(interaction: InteractionId): Promise<void> {
    try {
      const no = can(actor, 'typing', await handle.interaction(interaction));
      if (no !== null) shell.refuse(no);
      else
        bus.tell({
          type: 'typing',
          interaction,
          by: actor.kind,
          agent: actor.kind === 'agent' ? actor.id : null,
          name: actor.kind === 'agent' ? actor.name : null,
        });
    } catch (error) {
      // It may be lost: the next one comes in three seconds.
      if (!isWeather(error)) throw error;
    }
  }

  return { reader, take, close: () => reader.close() };
}

/** HAND-5, HAND-7: the customer doesn't learn that somebody is consulted or listens, also not by marks. */
const isHeardAs = (role: Role | null): boolean => role !== 'consultant' && role !== 'monitor';
