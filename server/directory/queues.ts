import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import type { InteractionState } from '../interactions/state.ts';
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
};

/** Who waits where, by age, and how quickly each queue moves. A change costs O(log n). */
export function createQueues(touched: (key: string) => void) {
  const queues = new Map<QueueId, Sorted<Waiting>>();
  const placed = new Map<InteractionId, Waiting>();
  const rates = new Map<QueueId, Rate>();

  function remove(one: Waiting): void {
    placed.delete(one.interaction);
    queues.get(one.queue)?.delete(one);
    touched(`queue ${one.queue}`);
  }

  return {
    changed(state: InteractionState): void {
      const before = placed.get(state.id);
      const waits = state.status.name === 'queued';
      if (waits && before?.queue === state.queue && before.since === state.enqueuedAt) return;
      if (before !== undefined) remove(before);
      if (!waits) return;
      const one = { interaction: state.id, queue: state.queue, since: state.enqueuedAt };
      const queue = queues.get(one.queue) ?? sorted(byAge);
      queues.set(one.queue, queue);
      queue.set(one, true);
      placed.set(one.interaction, one);
      touched(`queue ${one.queue}`);
    },
    accepted(queue: QueueId, enqueuedAt: number, at: number): void {
      rates.set(queue, measured(rates.get(queue) ?? noRate, enqueuedAt, at));
    },
    figures(queue: QueueId, now: number): QueueFigures {
      const waiting = queues.get(queue)?.size ?? 0;
      const oldestAt = queues.get(queue)?.minKey()?.since ?? null;
      const rate = rates.get(queue) ?? noRate;
      return { waiting, oldestAt, estimateMs: estimateMs(rate, waiting + 1, oldestAt ?? now, now) };
    },
  };
}

const byAge = (one: Waiting, two: Waiting): number =>
  one.since - two.since ||
  (one.interaction < two.interaction ? -1 : one.interaction > two.interaction ? 1 : 0);
