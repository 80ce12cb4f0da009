import type { AgentEvent, OfferFacts } from '../../protocol/agent-events.ts';
import type { InteractionId, OfferId } from '../../protocol/ids.ts';
import type { OfferOutcome } from '../../protocol/interaction-events.ts';
import type { Channel, Content } from '../../protocol/parts.ts';
import { type AgentOutcome, statusChanged } from './facts.ts';
import { type AgentState, isRoutable, loadOf, offerOf, ownedBy, ringing } from './state.ts';

/** OFFER-1, CAP-1: may this agent be offered one more? Null: yes. */
export function refusesOffer(
  state: AgentState,
  chatLimit: number,
  ringsAtOnce: number,
): 'not-routable' | 'no-room' | null {
  if (!isRoutable(state)) return 'not-routable';
  if (loadOf(state) >= chatLimit || ringing(state).length >= ringsAtOnce) return 'no-room';
  return null;
}

export const offerMade = (facts: OfferFacts, content: Content): AgentOutcome => ({
  facts: [{ body: { type: 'offer-made', ...facts }, content }],
  blank: [],
});

export const offerShown = (offer: OfferId, answerBy: number): AgentOutcome => ({
  facts: [{ body: { type: 'offer-shown', offer, answerBy } }],
  blank: [],
});

/** Accepted: the agent owns it, as a member of this epoch. */
export function accepted(
  state: AgentState,
  offer: OfferId,
  interaction: InteractionId,
  epoch: number,
  channel: Channel,
): AgentOutcome {
  return {
    facts: [
      { body: { type: 'offer-ended', offer, interaction, outcome: 'accepted' } },
      { body: { type: 'granted', interaction, epoch, role: 'owner', channel } },
    ],
    blank: wordsOf(state, offer),
  };
}

/**
 * An offer ended otherwise. Expired: RONA (OFFER-5). Rejected: as the queue decides, and not
 * ready after too many in a row (OFFER-6). Rescinded, abandoned or never shown: no penalty.
 */
export function offerEnded(
  state: AgentState,
  offer: OfferId,
  interaction: InteractionId,
  outcome: Exclude<OfferOutcome, 'accepted'>,
  policy: { readonly onReject: 'requeue' | 'refused'; readonly rejectsInRow: number },
): AgentOutcome {
  const after: AgentEvent[] = [];
  if (outcome === 'expired') after.push(...taken(state, 'rona', null));
  else if (outcome === 'rejected' && policy.onReject === 'refused')
    after.push(...taken(state, 'refused', null));
  else if (outcome === 'rejected' && state.rejectsInRow + 1 >= policy.rejectsInRow)
    after.push(...taken(state, 'not-ready', 'rejects'));
  else if (state.pending !== null && ownedBy(state).length === 0)
    after.push(...finishPending(state));
  return {
    facts: [
      { body: { type: 'offer-ended', offer, interaction, outcome } },
      ...after.map((body) => ({ body })),
    ],
    blank: wordsOf(state, offer),
  };
}

/** The system takes the agent out of routing. What was pending is thereby settled. */
const taken = (
  state: AgentState,
  to: 'rona' | 'refused' | 'not-ready',
  reason: string | null,
): AgentEvent[] => [
  ...statusChanged(state, to, reason, 'system'),
  ...(state.pending === null ? [] : [{ type: 'pending-cleared' } as const]),
];

/** STATE-4: the last interaction is done, what was pending happens. */
export const finishPending = (state: AgentState): AgentEvent[] =>
  state.pending === null
    ? []
    : [
        ...statusChanged(state, 'not-ready', state.pending.reason, 'agent'),
        { type: 'pending-cleared' },
      ];

const wordsOf = (state: AgentState, offer: OfferId): number[] => {
  const ring = offerOf(state, offer);
  return ring === null ? [] : [ring.seq];
};
