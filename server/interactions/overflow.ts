import type { QueueId } from '../../protocol/ids.ts';
import { fact, type Outcome } from './facts.ts';
import type { InteractionState } from './state.ts';

/** ROUTE-6: it has waited too long here: on to another queue, keeping age and priority. */
export function overflow(state: InteractionState, to: QueueId, since: number): Outcome {
  if (state.status.name !== 'queued' || state.entered.seq !== since) return [];
  const { priority, enqueuedAt, skipped, preferred, preferredUntil } = state;
  return [
    fact({
      type: 'queued',
      queue: to,
      priority,
      enqueuedAt,
      reason: 'overflow',
      skipped: [...skipped],
      preferred,
      preferredUntil,
      /** Whoever of the other queue can: those whom it was meant for had their time. */
      target: null,
    }),
  ];
}
