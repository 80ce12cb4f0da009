import type { InteractionId } from '../../protocol/ids.ts';
import type { RevokedReason } from '../../protocol/members.ts';
import { type AgentOutcome, bySystem, nothing, only, statusChanged } from './facts.ts';
import type { AgentState } from './state.ts';

/** STATE-1: the channel's status is wrap-up where the queue says that it blocks; RONA and refused only the agent clears (OFFER-5). */
export function wrapUpStarted(
  state: AgentState,
  interaction: InteractionId,
  blocks: boolean,
): AgentOutcome {
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return nothing;
  const { channel } = held;
  const { status } = state.channels[channel];
  return only(
    { type: 'wrap-up-started', interaction, blocks },
    ...(blocks && (status === 'ready' || status === 'not-ready')
      ? statusChanged(state, channel, 'wrap-up', null, bySystem)
      : []),
  );
}

/** The agent holds this interaction no longer; what follows for the status is decided once all has happened (`after-work.ts`). */
export function revoked(
  state: AgentState,
  interaction: InteractionId,
  reason: RevokedReason,
): AgentOutcome {
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return nothing;
  return only({ type: 'revoked', interaction, epoch: held.epoch, role: held.role, reason });
}

/** END-7: it counts no more. */
export const parked = (interaction: InteractionId, until: number): AgentOutcome =>
  only({ type: 'parked', interaction, until });

export const unparked = (interaction: InteractionId): AgentOutcome =>
  only({ type: 'unparked', interaction });
