import type { CustomerId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { InteractionState } from '../interactions/state.ts';
import { estimateMs, SAMPLES_MAX } from '../routing/estimate.ts';
import type { WaitingIndex } from './waiting-index.ts';

/**
 * ROUTE-7: tells waiting customers their position and the queue's estimate: each queue at most
 * every 10 s, the first 50 exactly. Ephemeral: lost ones are told again with the next round.
 */
export function createPositions(deps: {
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'tell'>;
  readonly waiting: WaitingIndex;
  readonly customerOf: (interaction: InteractionId) => CustomerId | null;
}) {
  const { clock, bus, waiting } = deps;
  const samples = new Map<QueueId, number[]>();
  const toldAt = new Map<QueueId, number>();
  const dueIn = new Set<QueueId>();
  let cancel: () => void = () => {};
  let closed = false;

  function tell(queue: QueueId): void {
    const now = clock.now();
    toldAt.set(queue, now);
    let position = 0;
    for (const one of waiting.of(queue)) {
      position++;
      if (position > limits.positionExactTo) break;
      const customer = deps.customerOf(one.interaction);
      if (customer === null) continue;
      const estimate = estimateMs(position, samples.get(queue) ?? [], now);
      bus.tell({
        type: 'position',
        interaction: one.interaction,
        customer,
        position,
        estimateMs: estimate,
      });
    }
  }

  function round(): void {
    if (closed) return;
    for (const queue of waiting.queues())
      if (clock.now() - (toldAt.get(queue) ?? 0) >= limits.positionEveryMs) tell(queue);
    cancel = clock.at(clock.now() + limits.positionEveryMs, round);
  }

  return {
    start: round,
    /** Somebody new waits: the queue is told soon, unless it was told in the last 10 s. */
    arrived(queue: QueueId): void {
      if (dueIn.has(queue) || closed) return;
      dueIn.add(queue);
      const at = Math.max(clock.now(), (toldAt.get(queue) ?? 0) + limits.positionEveryMs);
      clock.at(at, () => {
        dueIn.delete(queue);
        if (!closed) tell(queue);
      });
    },
    /** A sample of the queue's rate. */
    accepted(state: InteractionState, at: number): void {
      const times = samples.get(state.queue) ?? [];
      samples.set(state.queue, [...times, at].slice(-SAMPLES_MAX));
    },
    close: () => {
      closed = true;
      cancel();
    },
  };
}
