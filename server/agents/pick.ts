import type { InteractionId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type AgentOutcome, only } from './facts.ts';
import { refusesTaking } from './offers.ts';
import type { AgentPolicy } from './policy.ts';
import type { AgentState } from './state.ts';

/**
 * ROUTE-9, CAP-3: may this agent take one more by hand? They needn't be ready, but the channel must
 * be theirs. Null: yes.
 */
export const refusesPick = (
  state: AgentState,
  channel: Channel,
  policy: AgentPolicy,
): 'not-allowed' | 'not-routable' | 'no-room' | null => {
  if (!policy.abilities.includes('pick') || policy.limits[channel] === 0) return 'not-allowed';
  if (state.desk === null || !state.reach.reachable) return 'not-routable';
  return refusesTaking(state, channel, policy) === null ? null : 'no-room';
};

/** No offer was answered: when they last accepted one stays what it was (ROUTE-3). */
export const picked = (interaction: InteractionId, epoch: number, channel: Channel): AgentOutcome =>
  only({ type: 'granted', interaction, epoch, role: 'owner', channel });
