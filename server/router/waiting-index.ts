import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import type { InteractionState } from '../interactions/state.ts';
import { compareWaiting, type Waiting } from '../routing/waiting.ts';
import { type Sorted, sorted } from './sorted.ts';

/** Waiting interactions by queue, each queue in its order (ROUTE-1). A change costs O(log n). */
export function createWaitingIndex() {
  const queues = new Map<QueueId, Sorted<Waiting>>();
  const placed = new Map<InteractionId, Waiting>();

  function remove(id: InteractionId): void {
    const old = placed.get(id);
    if (old === undefined) return;
    placed.delete(id);
    queues.get(old.queue)?.delete(old);
  }

  return {
    /** Takes an interaction's newest state: in when it waits, out when it doesn't. */
    place(state: InteractionState): void {
      remove(state.id);
      if (state.status.name !== 'queued') return;
      const { queue, returned, priority, enqueuedAt, skipped, preferred } = state;
      const entry = {
        interaction: state.id,
        queue,
        returned,
        priority,
        enqueuedAt,
        skipped,
        preferred,
      };
      let tree = queues.get(queue);
      if (tree === undefined) {
        tree = sorted(compareWaiting);
        queues.set(queue, tree);
      }
      tree.set(entry, true);
      placed.set(state.id, entry);
    },
    remove,
    get: (id: InteractionId): Waiting | undefined => placed.get(id),
    /** In their order. Don't change the index while iterating. */
    of: (queue: QueueId): Iterable<Waiting> => queues.get(queue)?.keys() ?? [],
    queues: (): Iterable<QueueId> => queues.keys(),
    size: () => placed.size,
  };
}

export type WaitingIndex = ReturnType<typeof createWaitingIndex>;
