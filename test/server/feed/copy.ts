import * as v from 'valibot';
import { Batch, type BatchPart } from '../../../protocol/frames.ts';
import { type InteractionId, interactionStream, type StreamName } from '../../../protocol/ids.ts';
import type { Seen, Reader as Who } from '../../../server/feed/audience.ts';
import type { Reader } from '../../../server/feed/feed.ts';
import type { LogWorld } from './log.ts';

type Held = { epoch: number; cursor: number; events: Seen[] };

/**
 * What a desk or a widget does with batches, as the protocol says it: parts in their order,
 * duplicates ignored, gaps asked for again, a grant begins a new copy, a revocation ends it.
 */
export function createCopy(world: LogWorld, who: Who, ownStream: StreamName | null) {
  const held = new Map<StreamName, Held>();
  const ended: { stream: StreamName; epoch: number; events: Seen[] }[] = [];
  const batches: Batch[] = [];
  const unanswered: Batch[] = [];
  const counts = { gaps: 0, duplicates: 0, lost: 0, bytesMax: 0 };
  let reader: Reader | null = null;
  /** The network swallows the next batch. */
  let loseNext = false;

  const streamOf = (part: BatchPart): StreamName =>
    part.of === 'agent'
      ? (ownStream ?? ('agent:nobody' as StreamName))
      : interactionStream(part.interaction);

  function receive(text: string): void {
    counts.bytesMax = Math.max(counts.bytesMax, Buffer.byteLength(text));
    const batch = v.parse(Batch, JSON.parse(text));
    if (loseNext) {
      loseNext = false;
      counts.lost++;
      return;
    }
    batches.push(batch);
    for (const part of batch.parts) apply(part);
    unanswered.push(batch);
  }

  function apply(part: BatchPart): void {
    const stream = streamOf(part);
    const mine = held.get(stream);
    if (mine === undefined || mine.epoch !== part.epoch) {
      counts.gaps++;
      return;
    }
    if (part.upTo <= mine.cursor) counts.duplicates++;
    else if (part.after > mine.cursor) {
      counts.gaps++;
      reader?.again(stream, mine.epoch, mine.cursor);
    } else {
      for (const event of part.events as Seen[]) {
        if (event.seq <= mine.cursor) continue;
        mine.events.push(event);
        if (part.of === 'agent') heed(event);
      }
      mine.cursor = part.upTo;
    }
  }

  function heed({ event }: Seen): void {
    if (event.type === 'granted')
      held.set(interactionStream(event.interaction), { epoch: event.epoch, cursor: 0, events: [] });
    if (event.type === 'revoked') {
      const stream = interactionStream(event.interaction);
      const copy = held.get(stream);
      if (copy?.epoch !== event.epoch) return;
      ended.push({ stream, epoch: copy.epoch, events: copy.events });
      held.delete(stream);
    }
  }

  return {
    held,
    ended,
    batches,
    counts,
    hold: (stream: StreamName, epoch = 0) => held.set(stream, { epoch, cursor: 0, events: [] }),
    lose: (next: boolean) => {
      loseNext = next;
    },
    /** Connects (again) and subscribes everything held, from the cursors. */
    connect(): Reader {
      reader?.close();
      unanswered.length = 0;
      const opened = world.feed.open(
        who,
        { follows: () => {}, leaves: () => {}, own: () => {} },
        (text) => {
          if (reader === opened) receive(text);
        },
      );
      reader = opened;
      for (const [stream, { epoch, cursor }] of held)
        opened.subscribe(stream, epoch, cursor, 'owner');
      return opened;
    },
    acknowledge(): boolean {
      const batch = unanswered.shift();
      if (batch !== undefined) reader?.got(batch.batch);
      return batch !== undefined;
    },
    /** Acknowledges until nothing more comes. */
    async catchUp(): Promise<void> {
      do await world.clock.settle();
      while (this.acknowledge());
    },
    again: (interaction: InteractionId, epoch: number, after: number) =>
      reader?.again(interactionStream(interaction), epoch, after),
  };
}
