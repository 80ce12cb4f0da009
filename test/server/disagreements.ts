import { type Channel, channels } from '../../protocol/parts.ts';
import type { AgentPolicy } from '../../server/agents/policy.ts';
import type { AgentState } from '../../server/agents/state.ts';
import { isHolding, loadOf, ringing } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';

type All = {
  readonly interactions: readonly InteractionState[];
  readonly agents: readonly AgentState[];
  readonly limits: Pick<AgentPolicy, 'limits' | 'ringsAtOnce'>;
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

/** Who is in it says so too, in the same phase, role and epoch; nobody else holds it at all. */
function ofInteraction(state: InteractionState, agents: readonly AgentState[]): string[] {
  const holders = holdersOf(state);
  const name = `${state.id}, which is ${state.status.name}`;
  const wrong = agents.flatMap((agent) => {
    const held = agent.assignments[state.id];
    const says = held === undefined ? 'nothing' : textOf(held);
    const should = holders.get(agent.agent) ?? 'nothing';
    return says === should ? [] : [`${name} is ${says} to ${agent.agent}, not ${should}`];
  });
  const epochs = [...state.members.map((one) => one.epoch), ownerEpochOf(state)];
  if (Math.max(0, ...epochs) > state.epoch) wrong.push(`${name} has an epoch beyond its own`);
  if (new Set(epochs).size !== epochs.length) wrong.push(`${name} has an epoch twice`);
  if (state.status.name !== 'active' && state.members.length + state.requests.length > 0)
    wrong.push(`${name} has colleagues in it`);
  if (state.members.length > 5 || state.requests.length > 5) wrong.push(`${name} is too full`);
  return [
    ...wrong,
    ...agents.flatMap((agent) => besideIts(state, agent).map((text) => `${name}: ${text}`)),
  ];
}

/** Requests and own wrap-ups stand on both sides or on none. */
function besideIts(state: InteractionState, agent: AgentState): string[] {
  const asked = state.requests.filter((one) => one.to === agent.agent).map((one) => one.request);
  const heard = Object.values(agent.requests).flatMap(({ facts }) =>
    facts.interaction === state.id ? [facts.request] : [],
  );
  const wraps = state.ownWrapUps.filter((one) => one === agent.agent).length;
  return [
    ...(asked.join() === heard.join() ? [] : [`${agent.agent} is asked ${asked}, hears ${heard}`]),
    ...(asked.length > 0 && !agent.reach.reachable ? [`${agent.agent} is asked and is gone`] : []),
    ...(wraps === (agent.ownWrapUps[state.id] === undefined ? 0 : 1)
      ? []
      : [`${agent.agent} wraps up ${wraps} times`]),
  ];
}

const ownerEpochOf = ({ status }: InteractionState): number =>
  'epoch' in status ? status.epoch : 0;

function textOf(held: AgentState['assignments'][string]): string {
  return held.phase === 'offered'
    ? `offered ${held.facts.offer} ${held.answerBy}`
    : `${held.phase} ${held.role} ${held.epoch}`;
}

function holdersOf({ status, members }: InteractionState): Map<string, string> {
  const holders = new Map<string, string>(
    members.map((one) => [one.agent, `active ${one.role} ${one.epoch}`]),
  );
  if (status.name === 'offered')
    holders.set(status.agent, `offered ${status.offer} ${status.answerBy}`);
  if (status.name === 'active' || status.name === 'wrapping' || status.name === 'parked')
    holders.set(status.owner, `${status.name} owner ${status.epoch}`);
  return holders;
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
  if (rings > limits.ringsAtOnce) say(`has ${rings} rings`);
  if (rings > 0 && !agent.reach.reachable) say('rings while unreachable');
  if (rings > 0 && agent.doNotDisturb) say('rings while not to be disturbed');
  for (const channel of channels) ofChannel(agent, channel, limits.limits[channel], say);
  return wrong;
}

function ofChannel(
  agent: AgentState,
  channel: Channel,
  limit: number,
  say: (text: string) => void,
): void {
  const { status, pending, before } = agent.channels[channel];
  const load = loadOf(agent, channel);
  if (load > limit) say(`holds ${load} of ${limit} on ${channel}`);
  if (ringing(agent).some(({ facts }) => facts.channel === channel)) {
    if (status !== 'ready') say(`rings on ${channel} while ${status}`);
    if (pending !== null) say(`rings on ${channel} while pending`);
  }
  if (pending !== null) {
    if (!isHolding(agent, channel)) say(`is pending on ${channel} without work`);
    if (pending.to === 'not-ready' && status !== 'ready' && status !== 'wrap-up')
      say(`is pending on ${channel} while ${status}`);
    if (pending.to === 'ready' && status !== 'wrap-up')
      say(`is soon ready on ${channel} while ${status}`);
  }
  if ((before === null) === (status === 'wrap-up')) say(`doesn’t know what ${channel} was before`);
  if (agent.desk === null && load > 0) say(`holds work on ${channel} without a desk`);
  if (agent.desk === null && status !== 'logged-off') say(`is ${status} without a desk`);
  if (agent.desk !== null && limit > 0 && channel === 'chat' && status === 'logged-off')
    say('is logged off at a desk');
}
