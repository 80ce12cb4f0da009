import type { InteractionId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type AgentOutcome, only } from './facts.ts';
import { type AgentState, loadOf } from './state.ts';

/** CAP-3: a person may go beyond their limit, never beyond this. */
export const CHATS_MAX = 12;

/**
 * ROUTE-9, CAP-3: may this agent take one more by hand? They needn't be ready, but the channel must
 * be theirs. Null: yes.
 */
export const refusesPick = (
  state: AgentState,
  limit: number,
  canPick: boolean,
): 'not-allowed' | 'not-routable' | 'no-room' | null => {
  if (!canPick || limit === 0) return 'not-allowed';
  if (state.desk === null || !state.reach.reachable) return 'not-routable';
  return loadOf(state) >= CHATS_MAX ? 'no-room' : null;
};

/** No offer was answered: when they last accepted one stays what it was (ROUTE-3). */
export const picked = (interaction: InteractionId, epoch: number, channel: Channel): AgentOutcome =>
  only({ type: 'granted', interaction, epoch, role: 'owner', channel });
