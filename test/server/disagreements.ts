import type { AgentState } from '../../server/agents/state.ts';
import { loadOf, ownedBy, ringing } from '../../server/agents/state.ts';
import { holderOf, type InteractionState } from '../../server/interactions/state.ts';

type All = {
  readonly interactions: readonly InteractionState[];
  readonly agents: readonly AgentState[];
  readonly limits: { readonly chatLimit: number; readonly ringsAtOnce: number };
};

/**
 * What must hold between all interactions and all agents after every command (I4, I5, I6); an
 * empty list when it does.
 */
export function disagreements({ interactions, agents, limits }: All): string[] {
  return [
    ...interactions.flatMap((one) => ofInteraction(one, agents)),
    ...agents.flatMap((one) => ofAgent(one, interactions, limits)),
  ];
}

/** The holder holds it in the same phase; nobody else holds it at all. */
function ofInteraction(state: InteractionState, agents: readonly AgentState[]): string[] {
  const holder = holderOf(state);
  const phase = phaseOf(state);
  return agents.flatMap((agent) => {
    const held = agent.assignments[state.id];
    const name = `${state.id}, which is ${state.status.name}`;
    if (agent.agent !== holder)
      return held === undefined ? [] : [`${agent.agent} holds ${name} with ${holder ?? 'nobody'}`];
    if (held?.phase !== phase) return [`${name} is ${held?.phase ?? 'nothing'} to ${agent.agent}`];
    if (held?.phase === 'offered' && state.status.name === 'offered') {
      const same =
        held.facts.offer === state.status.offer && held.answerBy === state.status.answerBy;
      return same ? [] : [`${name} rings as another offer at ${agent.agent}`];
    }
    return held?.phase !== 'offered' && held?.epoch !== state.epoch
      ? [`${name} has epoch ${state.epoch}, its owner ${held?.epoch}`]
      : [];
  });
}

function phaseOf({ status }: InteractionState): AgentState['assignments'][string]['phase'] | null {
  if (status.name === 'offered' || status.name === 'active' || status.name === 'wrapping')
    return status.name;
  return null;
}

function ofAgent(
  agent: AgentState,
  interactions: readonly InteractionState[],
  limits: All['limits'],
): string[] {
  const wrong: string[] = [];
  const say = (text: string) => void wrong.push(`${agent.agent} ${text}`);
  const rings = ringing(agent).length;
  for (const held of Object.keys(agent.assignments))
    if (!interactions.some(({ id }) => id === held)) say(`holds ${held}, which doesn't exist`);
  if (loadOf(agent) > limits.chatLimit) say(`holds ${loadOf(agent)} of ${limits.chatLimit}`);
  if (rings > limits.ringsAtOnce) say(`has ${rings} rings`);
  if (rings > 0 && (!agent.reach.reachable || agent.chat.status !== 'ready'))
    say(`rings while ${agent.reach.reachable ? agent.chat.status : 'unreachable'}`);
  if (rings > 0 && agent.pending !== null) say('rings while pending');
  if (agent.pending !== null && ownedBy(agent).length === 0) say('is pending without work');
  if (agent.pending !== null && agent.chat.status !== 'ready')
    say(`is pending while ${agent.chat.status}`);
  if (agent.desk === null && loadOf(agent) > 0) say('holds work without a desk');
  if ((agent.desk === null) !== (agent.chat.status === 'logged-off'))
    say(`is ${agent.chat.status} ${agent.desk === null ? 'without' : 'at'} a desk`);
  return wrong;
}
