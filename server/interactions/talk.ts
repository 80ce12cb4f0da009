import type { AgentId } from '../../protocol/ids.ts';
import type { Author } from '../../protocol/interaction-events.ts';
import { fact, type Outcome } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';

/** The customer writes from the start until the end, the owner while it is active. */
export function post(state: InteractionState, author: Author, text: string): Outcome {
  const { status } = state;
  if (status.name === 'wrapping' || status.name === 'done') return 'not-active';
  if (author.kind === 'agent') {
    if (status.name !== 'active') return 'not-active';
    if (status.owner !== author.agent) return 'not-allowed';
  }
  return [fact({ type: 'message-posted', author }, { text })];
}

/** CHAT-12: the last socket of all tabs closed. */
export function customerGone(state: InteractionState, policy: QueuePolicy, now: number): Outcome {
  if (state.presence.name === 'away' || isOver(state)) return [];
  return [fact({ type: 'customer-away', leftAt: now + policy.customerLeftMs })];
}

export function customerBack(state: InteractionState): Outcome {
  if (state.presence.name === 'here' || isOver(state)) return [];
  return [fact({ type: 'customer-returned' })];
}

/** STATE-8: the customer is told that the agent is away. */
export function ownerAway(state: InteractionState, agent: AgentId): Outcome {
  if (state.status.name !== 'active' || state.status.owner !== agent || state.ownerAway) return [];
  return [fact({ type: 'owner-away', agent })];
}

export function ownerBack(state: InteractionState, agent: AgentId): Outcome {
  if (state.status.name !== 'active' || state.status.owner !== agent || !state.ownerAway) return [];
  return [fact({ type: 'owner-returned', agent })];
}

const isOver = (state: InteractionState): boolean =>
  state.status.name === 'wrapping' || state.status.name === 'done';
