import type { AgentEvent } from '../protocol/agent-events.ts';
import type { InteractionId } from '../protocol/ids.ts';
import { type Channel, channels } from '../protocol/parts.ts';
import type { AgentOutcome } from './agents/facts.ts';
import { offerEnded } from './agents/offers.ts';
import { type AgentState, ringing } from './agents/state.ts';
import { type Context, type Decision, events, type World } from './decision.ts';
import type { Fact } from './interactions/facts.ts';
import { unoffer } from './interactions/offers.ts';
import { closedQueue, type QueuePolicy } from './interactions/policy.ts';
import type { InteractionState } from './interactions/state.ts';

/**
 * Who is taken out of routing on a channel has nothing ringing there: it is rescinded without
 * penalty in the same step (STATE-3, STATE-6, STATE-8, OFFER-5). Looks only at streams that the
 * agent's rings are on.
 */
export function withoutRings(
  decision: Extract<Decision, { readonly type: 'events' }>,
  world: World,
  context: Context,
): Decision {
  const interactions = [...decision.interactions];
  const agents = decision.agents.map(([agent, outcome]) => {
    const stopped = new Set(outcome.facts.flatMap(({ body }) => stoppedBy(body)));
    if (stopped.size === 0) return [agent, outcome] as const;
    const decided = new Set(interactions.map(([id]) => id));
    const undone = rescinded(world.agent(agent), stopped, decided, world, context);
    interactions.push(...undone.interactions);
    return [agent, plus(undone.outcome, outcome)] as const;
  });
  return events(interactions, agents);
}

/** The channels on which this event ends offers. */
function stoppedBy(event: AgentEvent): readonly Channel[] {
  switch (event.type) {
    case 'status-changed':
      return event.to === 'ready' ? [] : [event.channel];
    case 'pending-set':
      return [event.channel];
    case 'do-not-disturb-set':
      return event.on ? channels : [];
    case 'unreachable':
    case 'signed-out':
      return channels;
    default:
      return [];
  }
}

/** Both halves of what rings at the agent on these channels, but for what is decided otherwise. */
function rescinded(
  state: AgentState,
  stopped: ReadonlySet<Channel>,
  decided: ReadonlySet<InteractionId>,
  world: World,
  context: Context,
): { readonly interactions: Rescinded[]; readonly outcome: AgentOutcome } {
  const interactions: Rescinded[] = [];
  let outcome: AgentOutcome = { facts: [], blank: [] };
  for (const { facts } of ringing(state)) {
    if (!stopped.has(facts.channel) || decided.has(facts.interaction)) continue;
    const interaction = world.interaction(facts.interaction);
    if (interaction === null) continue;
    const policy = policyOf(interaction, context);
    const undone = unoffer(interaction, facts.offer, 'rescinded', policy, context.now);
    if (typeof undone === 'string') continue;
    interactions.push([interaction.id, undone]);
    outcome = plus(outcome, offerEnded(state, facts.offer, interaction.id, 'rescinded', policy));
  }
  return { interactions, outcome };
}

type Rescinded = readonly [InteractionId, readonly Fact[]];

/** What rang ends before what follows from it. */
const plus = (one: AgentOutcome, two: AgentOutcome): AgentOutcome => ({
  facts: [...one.facts, ...two.facts],
  blank: [...one.blank, ...two.blank],
});

/** What began in a queue that the centre has given up since must still come to its end (I6). */
export const policyOf = (state: InteractionState, context: Context): QueuePolicy =>
  context.queue(state) ?? closedQueue;
