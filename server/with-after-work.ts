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
    const here = ended.filter((body) => channelIn(before, body) === channel);
    if (here.length === 0) continue;
    const ids = here.map((body) => body.interaction);
    const statusAfter = statusAfterOf(before, ids, world, context);
    const news = afterWork(state, channel, isBlocked(before, channel), statusAfter, context.now);
    state = news.reduce((state, body) => evolveAgent(state, body, 0, context.now), state);
    after.push(...news);
  }
  return { ...outcome, facts: [...outcome.facts, ...after.map((body) => ({ body }))] };
}

type Ended = Extract<AgentEvent, { readonly type: 'revoked' | 'parked' | 'own-wrap-up-ended' }>;

const endedBy = (event: AgentEvent): readonly Ended[] =>
  event.type === 'revoked' || event.type === 'parked' || event.type === 'own-wrap-up-ended'
    ? [event]
    : [];

/** What is wrapped up for oneself may have come back on another channel meanwhile. */
function channelIn(state: AgentState, { type, interaction }: Ended): Channel | null {
  if (type === 'own-wrap-up-ended') return state.ownWrapUps[interaction]?.channel ?? null;
  const held = state.assignments[interaction];
  return held === undefined ? null : channelOf(held);
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
