import type { InteractionId } from '../../protocol/ids.ts';
import { type AgentOutcome, nothing, only } from './facts.ts';
import { finishPending } from './offers.ts';
import { type AgentState, ownedBy } from './state.ts';

export const wrapUpStarted = (interaction: InteractionId): AgentOutcome =>
  only({ type: 'wrap-up-started', interaction });

/** The agent holds this interaction no longer; what was pending happens with the last one (STATE-4). */
export function revoked(
  state: AgentState,
  interaction: InteractionId,
  reason: 'done' | 'owner-lost',
): AgentOutcome {
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return nothing;
  const last = ownedBy(state).length === 1;
  return only(
    { type: 'revoked', interaction, epoch: held.epoch, reason },
    ...(last ? finishPending(state) : []),
  );
}
