import type { AgentId } from '../../protocol/ids.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import { requeued } from './offers.ts';
import type { QueuePolicy } from './policy.ts';
import { type InteractionState, isLive } from './state.ts';
import { doneBySystem } from './wrap-up.ts';

/** END-1: the owner ends the talk, or a supervisor for them (HAND-7). Ended meanwhile by the customer it is already so. */
export function end(
  state: InteractionState,
  agent: AgentId,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name === 'active' && status.owner === agent) return [ended('agent', policy, now)];
  if ((status.name === 'wrapping' || status.name === 'done') && status.owner === agent) return [];
  return 'not-active';
}

/** The customer ends it, or was away too long (CHAT-12): to wrap-up, or abandoned when nobody had answered (OFFER-7). */
export function leave(
  state: InteractionState,
  by: 'customer' | 'customer-left',
  policy: QueuePolicy,
  now: number,
): Outcome {
  /** What is written ahead waits without its customer. */
  if (!isLive(state)) return [];
  switch (state.status.name) {
    case 'with-bot':
    case 'queued':
      return [fact({ type: 'abandoned', by })];
    case 'offered': {
      const { offer, agent } = state.status;
      return [
        fact({ type: 'offer-ended', offer, agent, outcome: 'abandoned' }),
        fact({ type: 'abandoned', by }),
      ];
    }
    case 'active':
      return [ended(by, policy, now)];
    case 'parked':
      /** Nobody is at work on it: it is over at once, and its owner may amend it (END-9). */
      return by === 'customer'
        ? [fact({ type: 'ended', by, wrapUpUntil: null }), doneBySystem(policy)]
        : [];
    case 'wrapping':
    case 'done':
      return [];
    default:
      return state.status satisfies never;
  }
}

/**
 * STATE-8: the owner is lost, and nobody inherits it (HAND-8). An active one goes back to the head of the queue keeping its age,
 * preferring the same agent; a wrap-up whose time is up (or that has no end) is closed.
 */
export function ownerLost(
  state: InteractionState,
  agent: AgentId,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name === 'active' && status.owner === agent)
    return [fact({ type: 'owner-lost', agent }), requeued(state, 'owner-lost', [], agent)];
  if (
    status.name === 'wrapping' &&
    status.owner === agent &&
    (status.until === null || status.until <= now)
  )
    return [doneBySystem(policy)];
  return [];
}

const ended = (
  by: 'agent' | 'customer' | 'customer-left',
  policy: QueuePolicy,
  now: number,
): Fact =>
  fact({ type: 'ended', by, wrapUpUntil: policy.wrapUpMs === 0 ? null : now + policy.wrapUpMs });
