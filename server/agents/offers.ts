import type { AgentEvent, OfferFacts } from '../../protocol/agent-events.ts';
import type { InteractionId, OfferId } from '../../protocol/ids.ts';
import type { OfferOutcome } from '../../protocol/interaction-events.ts';
import type { Channel, Content } from '../../protocol/parts.ts';
import { channelLimitsMax } from '../../protocol/parts.ts';
import { type AgentOutcome, bySystem, pendingCleared, statusChanged } from './facts.ts';
import type { AgentPolicy } from './policy.ts';
import {
  type AgentState,
  isOnCall,
  isRoutable,
  loadOf,
  loggedOn,
  offerOf,
  ringing,
} from './state.ts';

/** OFFER-1, CAP-1, CAP-2: may this agent be offered one more on this channel? Null: yes. */
export function refusesOffer(
  state: AgentState,
  channel: Channel,
  { limits, ringsAtOnce, voiceBlocks }: AgentPolicy,
): 'not-routable' | 'no-room' | null {
  if (!isRoutable(state, channel)) return 'not-routable';
  if (loadOf(state, channel) >= limits[channel] || ringing(state).length >= ringsAtOnce)
    return 'no-room';
  return voiceBlocks && channel !== 'voice' && isOnCall(state) ? 'no-room' : null;
}

/**
 * CAP-3: may this agent take one more because a person wants it so (a transfer, a pick-up)? Beyond
 * the limit, but never beyond what anybody can do; not on a channel that isn't given. Null: yes.
 */
export function refusesTaking(
  state: AgentState,
  channel: Channel,
  { limits }: AgentPolicy,
): 'channel-not-given' | 'no-room' | null {
  if (limits[channel] === 0) return 'channel-not-given';
  return loadOf(state, channel) >= channelLimitsMax[channel] ? 'no-room' : null;
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
 * An offer ended otherwise. Expired: RONA on all channels (OFFER-5).
 * Rejected: as the queue decides, and not ready after too many in a row (OFFER-6). Rescinded, abandoned or never shown: no penalty.
 */
export function offerEnded(
  state: AgentState,
  offer: OfferId,
  interaction: InteractionId,
  outcome: Exclude<OfferOutcome, 'accepted'>,
  policy: { readonly onReject: 'requeue' | 'refused'; readonly rejectsInRow: number },
): AgentOutcome {
  const after: AgentEvent[] = [];
  if (outcome === 'expired') after.push(...taken(state, loggedOn(state), 'rona', null));
  else if (outcome === 'rejected' && policy.onReject === 'refused')
    after.push(...taken(state, loggedOn(state), 'refused', null));
  else if (outcome === 'rejected' && state.rejectsInRow + 1 >= policy.rejectsInRow)
    after.push(...taken(state, ready(state), 'not-ready', 'rejects'));
  return {
    facts: [
      { body: { type: 'offer-ended', offer, interaction, outcome } },
      ...after.map((body) => ({ body })),
    ],
    blank: wordsOf(state, offer),
  };
}

const ready = (state: AgentState): Channel[] =>
  loggedOn(state).filter((channel) => state.channels[channel].status === 'ready');

/** The system takes the agent out of routing. What was pending is thereby settled. */
const taken = (
  state: AgentState,
  channels: readonly Channel[],
  to: 'rona' | 'refused' | 'not-ready',
  reason: string | null,
): AgentEvent[] =>
  channels.flatMap((channel) => [
    ...statusChanged(state, channel, to, reason, bySystem),
    ...pendingCleared(state, channel),
  ]);

const wordsOf = (state: AgentState, offer: OfferId): number[] => {
  const ring = offerOf(state, offer);
  return ring === null ? [] : [ring.seq];
};
