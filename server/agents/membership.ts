import type { AgentEvent, RequestFacts } from '../../protocol/agent-events.ts';
import type { InteractionId, RequestId } from '../../protocol/ids.ts';
import type { RequestOutcome, RevokedReason, Role } from '../../protocol/members.ts';
import type { Channel, Content } from '../../protocol/parts.ts';
import { type AgentOutcome, nothing, only } from './facts.ts';
import type { AgentState } from './state.ts';
import { revoked } from './work.ts';

/** I10: so many colleagues may ask one agent at once. */
const REQUESTS_MAX = 20;

/** HAND-2: the colleague needn't be ready, but must be there to be asked. Null: yes. */
export function refusesRequest(state: AgentState): 'not-reachable' | 'too-many-requests' | null {
  if (state.desk === null || !state.reach.reachable) return 'not-reachable';
  return Object.keys(state.requests).length >= REQUESTS_MAX ? 'too-many-requests' : null;
}

export const requestMade = (facts: RequestFacts, content: Content): AgentOutcome => ({
  facts: [{ body: { type: 'request-made', ...facts }, content }],
  blank: [],
});

/** Its words leave the disk with its end. */
export function requestEnded(
  state: AgentState,
  request: RequestId,
  outcome: RequestOutcome,
): AgentOutcome {
  const open = state.requests[request];
  if (open === undefined) return nothing;
  const { interaction } = open.facts;
  return {
    facts: [{ body: { type: 'request-ended', request, interaction, outcome } }],
    blank: [open.seq],
  };
}

/** A new membership; a role that the agent has now ends with it. */
export function granted(
  state: AgentState,
  interaction: InteractionId,
  epoch: number,
  role: Role,
  channel: Channel,
): AgentOutcome {
  const grant: AgentEvent = { type: 'granted', interaction, epoch, role, channel };
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return only(grant);
  return only(
    { type: 'revoked', interaction, epoch: held.epoch, role: held.role, reason: 'role-changed' },
    grant,
  );
}

/** The membership is over; `wrapUpUntil` null: and with it the agent's work. */
export function departed(
  state: AgentState,
  interaction: InteractionId,
  reason: RevokedReason,
  wrapUpUntil: number | null,
): AgentOutcome {
  const held = state.assignments[interaction];
  if (held === undefined || held.phase === 'offered') return nothing;
  if (wrapUpUntil === null) return revoked(state, interaction, reason);
  const { epoch, role, channel } = held;
  return only(
    { type: 'revoked', interaction, epoch, role, reason },
    { type: 'own-wrap-up-started', interaction, channel, until: wrapUpUntil },
  );
}

export function ownWrapUpEnded(
  state: AgentState,
  interaction: InteractionId,
  by: 'agent' | 'system',
): AgentOutcome {
  if (state.ownWrapUps[interaction] === undefined) return nothing;
  return only({ type: 'own-wrap-up-ended', interaction, by });
}
