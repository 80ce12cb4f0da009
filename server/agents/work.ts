import type { InteractionId } from '../../protocol/ids.ts';
import type { RevokedReason } from '../../protocol/members.ts';
import { type AgentOutcome, nothing, only } from './facts.ts';
import { finishPending } from './offers.ts';
import { type AgentState, ownedBy } from './state.ts';

export const wrapUpStarted = (interaction: InteractionId): AgentOutcome =>
  only({ type: 'wrap-up-started', interaction });

/** The agent holds this interaction no longer; what was pending happens with the last one (STATE-4). */
export function revoked(
  state: AgentState,
  interaction: InteractionId,
  reason: RevokedReason,
): AgentOutcome {
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return nothing;
  return only(
    { type: 'revoked', interaction, epoch: held.epoch, role: held.role, reason },
    ...afterWork(state, interaction),
  );
}

/** END-7: it counts no more, so what was pending happens with the last one. */
export const parked = (
  state: AgentState,
  interaction: InteractionId,
  until: number,
): AgentOutcome => only({ type: 'parked', interaction, until }, ...afterWork(state, interaction));

export const unparked = (interaction: InteractionId): AgentOutcome =>
  only({ type: 'unparked', interaction });

const afterWork = (state: AgentState, interaction: InteractionId) =>
  ownedBy(state).every((id) => id === interaction) && ownedBy(state).length > 0
    ? finishPending(state)
    : [];
