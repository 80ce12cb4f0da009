import type { AgentId, OfferId } from '../../protocol/ids.ts';
import type { InteractionEvent, OfferOutcome } from '../../protocol/interaction-events.ts';
import type { Why } from '../../protocol/parts.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';

/** OFFER-9: only what waits can be offered, so there is never a second offer. */
export function offer(
  state: InteractionState,
  agent: AgentId,
  id: OfferId,
  why: Why,
  policy: QueuePolicy,
  now: number,
): Outcome {
  if (state.status.name !== 'queued') return 'out-of-date';
  return [fact({ type: 'offered', offer: id, agent, showBy: now + policy.showMs, why })];
}

/** OFFER-4: the time to answer counts from here. Told twice it counts from the first. */
export function shown(
  state: InteractionState,
  id: OfferId,
  agent: AgentId,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name !== 'offered' || status.offer !== id || status.agent !== agent)
    return 'offer-over';
  if (status.answerBy !== null) return [];
  return [fact({ type: 'offer-shown', offer: id, agent, answerBy: now + policy.answerMs })];
}

/** OFFER-8: compare-and-set on the offer. */
export function accept(
  state: InteractionState,
  id: OfferId,
  agent: AgentId,
  name: string,
): Outcome {
  const { status } = state;
  if (status.name === 'offered' && status.offer === id && status.agent === agent) {
    const epoch = state.epoch + 1;
    return [
      fact({ type: 'offer-ended', offer: id, agent, outcome: 'accepted' }),
      fact({ type: 'accepted', offer: id, agent, name, epoch }),
    ];
  }
  if (status.name === 'active' || status.name === 'wrapping')
    return status.owner === agent ? [] : 'taken';
  return 'offer-over';
}

/**
 * The offer is over without an owner: back to the queue, keeping its age (OFFER-5, OFFER-6). Only
 * what was shown can expire, only what wasn't is not shown (OFFER-4).
 */
export function unoffer(
  state: InteractionState,
  id: OfferId,
  outcome: Exclude<OfferOutcome, 'accepted' | 'abandoned'>,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name !== 'offered' || status.offer !== id) return 'offer-over';
  if (outcome === 'expired' && status.answerBy === null) return 'out-of-date';
  /** It was shown in the last moment: its time to answer runs. */
  if (outcome === 'not-shown' && status.answerBy !== null) return 'out-of-date';
  const still = state.skipped.filter((one) => one.until > now && one.agent !== status.agent);
  const skipped =
    outcome === 'rejected'
      ? [...still, { agent: status.agent, until: now + policy.skipMs }]
      : still;
  const gaveUp = outcome === 'rejected' && state.preferred === status.agent;
  return [
    fact({ type: 'offer-ended', offer: id, agent: status.agent, outcome }),
    requeued(state, outcome, skipped, gaveUp ? null : state.preferred),
  ];
}

/** After a lost owner whoever was preferred before counts no more, nor for how long. */
export const requeued = (
  state: InteractionState,
  reason: Extract<InteractionEvent, { type: 'queued' }>['reason'],
  skipped: InteractionState['skipped'],
  preferred: AgentId | null,
): Fact =>
  fact({
    type: 'queued',
    queue: state.queue,
    priority: state.priority,
    enqueuedAt: state.enqueuedAt,
    reason,
    skipped: [...skipped],
    preferred,
    preferredUntil: preferred === null || reason === 'owner-lost' ? null : state.preferredUntil,
    target: state.target,
  });
