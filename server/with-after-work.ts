import type { AgentEvent } from '../protocol/agent-events.ts';
import type { InteractionId } from '../protocol/ids.ts';
import { type Channel, channels } from '../protocol/parts.ts';
import { afterWork, type StatusAfter } from './agents/after-work.ts';
import { evolveAgent } from './agents/evolve.ts';
import type { AgentOutcome } from './agents/facts.ts';
import { type AgentState, channelOf, isBlocked } from './agents/state.ts';
import { type Context, type Decision, events, type World } from './decision.ts';
import { policyOf } from './without-rings.ts';

/**
 * STATE-4, END-3: whose work has ended comes to the status that was waiting for it, in the same
 * step, whatever the command was. Asked last: one command may end several pieces of work, or end
 * one and begin another.
 */
export const withAfterWork = (
  decision: Extract<Decision, { readonly type: 'events' }>,
  world: World,
  context: Context,
): Extract<Decision, { readonly type: 'events' }> =>
  events(
    decision.interactions,
    decision.agents.map(([agent, outcome]) => [
      agent,
      withStatus(world.agent(agent), outcome, world, context),
    ]),
  );

function withStatus(
  before: AgentState,
  outcome: AgentOutcome,
  world: World,
  context: Context,
): AgentOutcome {
  const ended = outcome.facts.flatMap(({ body }) => endedBy(body));
  if (ended.length === 0) return outcome;
  let state = outcome.facts.reduce(
    (state, { body }) => evolveAgent(state, body, 0, context.now),
    before,
  );
  const after: AgentEvent[] = [];
  for (const channel of channels) {
    const here = ended.filter((id) => channelIn(before, id) === channel);
    if (here.length === 0) continue;
    const statusAfter = statusAfterOf(before, here, world, context);
    const news = afterWork(state, channel, isBlocked(before, channel), statusAfter, context.now);
    state = news.reduce((state, body) => evolveAgent(state, body, 0, context.now), state);
    after.push(...news);
  }
  return { ...outcome, facts: [...outcome.facts, ...after.map((body) => ({ body }))] };
}

const endedBy = (event: AgentEvent): readonly InteractionId[] =>
  event.type === 'revoked' || event.type === 'parked' || event.type === 'own-wrap-up-ended'
    ? [event.interaction]
    : [];

function channelIn(state: AgentState, interaction: InteractionId): Channel | null {
  const held = state.assignments[interaction];
  if (held !== undefined) return channelOf(held);
  return state.ownWrapUps[interaction]?.channel ?? null;
}

/** As the queue says whose wrap-up blocked. */
function statusAfterOf(
  before: AgentState,
  ended: readonly InteractionId[],
  world: World,
  context: Context,
): StatusAfter {
  const blocking = ended.find((id) => {
    const held = before.assignments[id];
    return held?.phase === 'wrapping' && held.blocks;
  });
  const interaction = blocking === undefined ? null : world.interaction(blocking);
  return interaction === null ? 'previous' : policyOf(interaction, context).statusAfter;
}
