import {
  type AgentId,
  agentStream,
  type InteractionId,
  interactionStream,
} from '../../protocol/ids.ts';
import { channelLimitsMax, channels } from '../../protocol/parts.ts';
import { type AgentState, isHolding, loadOf } from '../../server/agents/state.ts';
import { holderOf, type InteractionState } from '../../server/interactions/state.ts';
import { must } from './broken.ts';

export type States = {
  readonly agent: (id: AgentId) => AgentState;
  readonly interaction: (id: InteractionId) => InteractionState | null;
};

/** I4, I5, STATE-4: what this agent's stream says is what the interactions say of them. */
export function agentAgrees(state: AgentState, { interaction }: States): void {
  const stream = agentStream(state.agent);
  /** An offer never goes beyond the limit (see `offer-made`), a colleague's wish may (CAP-3). */
  for (const channel of channels) {
    const load = loadOf(state, channel);
    must(load <= channelLimitsMax[channel], `I5: ${stream} holds ${load}`);
    const waits = state.channels[channel].pending !== null;
    must(!waits || isHolding(state, channel), `STATE-4: ${stream} is pending without work`);
  }
  for (const [id, held] of Object.entries(state.assignments)) {
    const other = interaction(id as InteractionId);
    must(
      other !== null && isWith(other, state.agent, held),
      () =>
        `I4: ${stream} has ${id} as ${JSON.stringify(held)}, but it is ${JSON.stringify(other)}`,
    );
  }
  for (const { facts } of Object.values(state.requests))
    must(
      interaction(facts.interaction)?.requests.some((one) => one.request === facts.request) ??
        false,
      `I4: ${stream} is asked ${facts.request}, which nobody asks`,
    );
  for (const id of Object.keys(state.ownWrapUps))
    must(
      interaction(id as InteractionId)?.ownWrapUps.includes(state.agent) ?? false,
      `I4: ${stream} wraps up ${id}, which knows nothing of it`,
    );
}

/** I4, I6: whoever is in this interaction knows it, and somebody who is signed in owns it. */
export function interactionAgrees(state: InteractionState, { agent }: States): void {
  const { id, status, members, requests } = state;
  const stream = interactionStream(id);
  for (const { agent: member } of members)
    must(
      agent(member).assignments[id] !== undefined,
      `I4: ${member} is in ${stream} and doesn't know`,
    );
  for (const { request, to } of requests)
    must(agent(to).requests[request] !== undefined, `I4: ${to} never hears of ${request}`);
  const holder = holderOf(state);
  if (holder !== null)
    must(
      agent(holder).assignments[id] !== undefined,
      `I4: ${stream} is with ${holder}, who doesn't hold it`,
    );
  if (status.name === 'active')
    must(
      holder !== null && agent(holder).desk !== null,
      `I6: ${stream} is owned by somebody who is signed out`,
    );
}

/** As its owner, as the one it rings at, or beside the owner, in this very epoch. */
function isWith(
  { status, members }: InteractionState,
  agent: AgentId,
  held: AgentState['assignments'][string],
): boolean {
  if (held.phase === 'offered') return status.name === 'offered' && status.agent === agent;
  if (held.role !== 'owner')
    return (
      status.name === 'active' &&
      members.some(
        (one) => one.agent === agent && one.epoch === held.epoch && one.role === held.role,
      )
    );
  return status.name === held.phase && status.owner === agent && status.epoch === held.epoch;
}
