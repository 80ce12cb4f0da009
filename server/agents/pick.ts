import type { InteractionId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type AgentOutcome, only } from './facts.ts';
import { type AgentState, loadOf } from './state.ts';

/** CAP-3: a person may go beyond their limit, never beyond this. */
export const CHATS_MAX = 12;

/** ROUTE-9, CAP-3: may this agent take one more by hand? Null: yes. */
export const refusesPick = (state: AgentState): 'not-routable' | 'no-room' | null => {
  if (state.desk === null || !state.reach.reachable) return 'not-routable';
  return loadOf(state) >= CHATS_MAX ? 'no-room' : null;
};

/** No offer was answered: when they last accepted one stays what it was (ROUTE-3). */
export const picked = (interaction: InteractionId, epoch: number, channel: Channel): AgentOutcome =>
  only({ type: 'granted', interaction, epoch, role: 'owner', channel });
