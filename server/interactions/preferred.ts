import type { AgentId } from '../../protocol/ids.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';

/** Who has served a customer last, and when. */
export type LastOwner = { readonly agent: AgentId; readonly at: number };

/** ROUTE-4: whom what begins to wait now is kept for, and how long; nobody when it was too long ago. */
export function preferredOf(
  last: LastOwner | null,
  policy: Pick<QueuePolicy, 'preferredMs' | 'preferredWithinMs'>,
  now: number,
): Pick<InteractionState, 'preferred' | 'preferredUntil'> {
  return last !== null && policy.preferredMs > 0 && now - last.at <= policy.preferredWithinMs
    ? { preferred: last.agent, preferredUntil: now + policy.preferredMs }
    : { preferred: null, preferredUntil: null };
}
