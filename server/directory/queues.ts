import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import { type InteractionState, isLive } from '../interactions/state.ts';
import { type Sorted, sorted } from '../router/sorted.ts';
import { estimateMs, measured, noRate, type Rate } from '../routing/estimate.ts';

export type QueueFigures = {
  readonly waiting: number;
  readonly oldestAt: number | null;
  readonly estimateMs: number | null;
};

type Waiting = {
  readonly interaction: InteractionId;
  readonly queue: QueueId;
  readonly since: number;
  /** In this queue since then. */
  readonly enteredAt: number;
};

/** All who wait in a queue, and those whose customers wait at the other end: their line has a rate. */
type Lines = { readonly all: Sorted<Waiting>; readonly live: Sorted<Waiting> };

/** Who waits where, by age, and how quickly each queue moves. A change costs O(log n). */
export function createQueues(touched: (key: string) => void) {
  const queues = new Map<QueueId, Lines>();
  const placed = new Map<InteractionId, Waiting>();
  const rates = new Map<QueueId, Rate>();

  function remove(one: Waiting): void {
    placed.delete(one.interaction);
    const lines = queues.get(one.queue);
    lines?.all.delete(one);
    lines?.live.delete(one);
    touched(`queue ${one.queue}`);
  }

  return {
    changed(state: InteractionState): void {
      const { id: interaction, queue, enqueuedAt: since, entered } = state;
      const before = placed.get(interaction);
      if (before !== undefined) remove(before);
      if (state.status.name !== 'queued') return;
      const one = { interaction, queue, since, enteredAt: entered.at };
      const lines = queues.get(queue) ?? { all: sorted(byAge), live: sorted(byAge) };
      queues.set(queue, lines);
      lines.all.set(one, true);
      if (isLive(state)) lines.live.set(one, true);
      placed.set(interaction, one);
      touched(`queue ${queue}`);
    },
    accepted(queue: QueueId, enteredAt: number, at: number): void {
      rates.set(queue, measured(rates.get(queue) ?? noRate, enteredAt, at));
    },
    figures(queue: QueueId, now: number): QueueFigures {
      const lines = queues.get(queue);
      const position = (lines?.live.size ?? 0) + 1;
      const firstSince = lines?.live.minKey()?.enteredAt ?? now;
      return {
        waiting: lines?.all.size ?? 0,
        oldestAt: lines?.all.minKey()?.since ?? null,
        estimateMs: estimateMs(rates.get(queue) ?? noRate, position, firstSince, now),
      };
    },
  };
}

const byAge = (one: Waiting, two: Waiting): number =>
  one.since - two.since ||
  (one.interaction < two.interaction ? -1 : one.interaction > two.interaction ? 1 : 0);
