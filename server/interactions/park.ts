import type { AgentId } from '../../protocol/ids.ts';
import { fact, type Outcome } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';
import { doneBySystem } from './wrap-up.ts';

/** END-7: it waits for the customer in its owner's workbin. */
export function park(state: InteractionState, agent: AgentId, until: number): Outcome {
  const { status } = state;
  if (status.name === 'parked' && status.owner === agent) return [];
  if (status.name !== 'active' || status.owner !== agent) return 'not-active';
  return [fact({ type: 'parked', agent, until })];
}

/** Its owner goes on with it. A customer who is away gets the whole time to come back. */
export function unpark(
  state: InteractionState,
  agent: AgentId,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status, presence } = state;
  if (status.name === 'active' && status.owner === agent) return [];
  if (status.name !== 'parked' || status.owner !== agent) return 'not-parked';
  return [
    fact({ type: 'unparked', agent, by: 'agent' }),
    ...(presence.name === 'away'
      ? [fact({ type: 'customer-away', leftAt: now + policy.customerLeftMs })]
      : []),
  ];
}

/** END-7: nobody has come back to it in all the time that it may stay. */
export function parkOver(state: InteractionState, since: number, policy: QueuePolicy): Outcome {
  const { status } = state;
  if (status.name !== 'parked' || status.since !== since) return [];
  return [fact({ type: 'unparked', agent: status.owner, by: 'system' }), doneBySystem(policy)];
}
