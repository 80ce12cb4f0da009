import type { AgentId } from '../protocol/ids.ts';
import type { AgentOutcome } from './agents/facts.ts';
import { type Decision, events } from './decision.ts';
import type { Fact } from './interactions/facts.ts';
import type { InteractionState } from './interactions/state.ts';

/** What happens to one interaction and to the agents around it, put together piece by piece. */
export type Change = {
  readonly facts: readonly Fact[];
  readonly agents: readonly (readonly [AgentId, AgentOutcome])[];
};

export const unchanged: Change = { facts: [], agents: [] };

export const change = (
  facts: readonly Fact[],
  ...agents: readonly (readonly [AgentId, AgentOutcome])[]
): Change => ({ facts, agents });

/** One after the other. */
export const together = (...changes: readonly Change[]): Change => ({
  facts: changes.flatMap((one) => one.facts),
  agents: changes.flatMap((one) => one.agents),
});

/** As a decision: what happens to one agent stands together, in its order. */
export function decisionOf(state: InteractionState, { facts, agents }: Change): Decision {
  const byAgent = new Map<AgentId, AgentOutcome>();
  for (const [agent, outcome] of agents) {
    const before = byAgent.get(agent) ?? { facts: [], blank: [] };
    byAgent.set(agent, {
      facts: [...before.facts, ...outcome.facts],
      blank: [...before.blank, ...outcome.blank],
    });
  }
  return events([[state.id, facts]], [...byAgent]);
}
