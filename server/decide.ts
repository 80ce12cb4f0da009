import {
  type AgentId,
  agentStream,
  type CustomerId,
  type InteractionId,
  interactionStream,
  type StreamName,
} from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import { commitmentDue, endCommitment, makeCommitment } from './agents/commitments.ts';
import { type AgentOutcome, nothing } from './agents/facts.ts';
import { offerEnded } from './agents/offers.ts';
import { type AgentState, requestsTo, ringing } from './agents/state.ts';
import {
  agentGone,
  agentSilent,
  canShow,
  deskConnected,
  setStatus,
  signOut,
} from './agents/status.ts';
import { decideInteraction } from './decide-interaction.ts';
import {
  both,
  type Context,
  type Decision,
  events,
  oneAgent,
  oneInteraction,
  refused,
  type World,
} from './decision.ts';
import type { Actor, Command } from './interactions/command.ts';
import type { Fact } from './interactions/facts.ts';
import { leaveMessage, startMessage } from './interactions/message.ts';
import { unoffer } from './interactions/offers.ts';
import { closedQueue, type QueuePolicy } from './interactions/policy.ts';
import { start } from './interactions/start.ts';
import { holderOf, type InteractionState } from './interactions/state.ts';
import { withoutRequests } from './without-requests.ts';

/** Every stream that `decide` will look at. May grow once those streams are known: ask again until it doesn't. */
export function streamsOf(
  command: Command,
  actor: Actor,
  world: World,
  newInteraction: InteractionId,
): StreamName[] {
  const withRings = (agent: AgentId): StreamName[] => [
    agentStream(agent),
    ...ringing(world.agent(agent)).map((one) => interactionStream(one.facts.interaction)),
  ];
  const withRequests = (agent: AgentId): StreamName[] =>
    requestsTo(world.agent(agent)).map((one) => interactionStream(one.interaction));
  switch (command.type) {
    case 'start':
      return [interactionStream(newInteraction)];
    case 'leave-message': {
      if (command.interaction === null) return [interactionStream(newInteraction)];
      const holder = holderOf(world.interaction(command.interaction));
      const streams = [interactionStream(command.interaction)];
      return holder === null ? streams : [...streams, agentStream(holder)];
    }
    case 'set-status':
      return actor.kind === 'agent' ? withRings(actor.id) : [];
    case 'sign-out':
      return actor.kind === 'agent' ? [agentStream(actor.id), ...withRequests(actor.id)] : [];
    case 'can-show':
    case 'make-commitment':
    case 'end-commitment':
      return actor.kind === 'agent' ? [agentStream(actor.id)] : [];
    case 'agent-silent':
      return [...new Set([...withRings(command.agent), ...withRequests(command.agent)])];
    case 'desk-connected':
    case 'agent-gone':
    case 'commitment-due':
      return [agentStream(command.agent)];
    case 'offer':
    case 'owner-away':
      return [interactionStream(command.interaction), agentStream(command.agent)];
    case 'post': {
      /** A reply takes what is parked from its owner (END-7). */
      const status = world.interaction(command.interaction)?.status;
      const stream = interactionStream(command.interaction);
      return status?.name === 'parked' ? [stream, agentStream(status.owner)] : [stream];
    }
    case 'customer-gone':
    case 'customer-back':
    case 'owner-back':
    case 'add-note':
    case 'set-tags':
    case 'set-data':
    case 'post-side':
    case 'extend-wrap-up':
    case 'bot-says':
    case 'bot-over':
    case 'overflow':
      return [interactionStream(command.interaction)];
    default: {
      const state = world.interaction(command.interaction);
      const self = actor.kind === 'agent' ? actor.id : null;
      const agents = new Set(
        [holderOf(state), self, colleagueIn(command), ...around(state)].filter(
          (one) => one !== null,
        ),
      );
      /** These may take their agent out of routing, and with that end what else rings there. */
      const rings = command.type === 'reject' || command.type === 'offer-expired';
      const streams = [...agents].flatMap((one) => (rings ? withRings(one) : [agentStream(one)]));
      return [...new Set([interactionStream(command.interaction), ...streams])];
    }
  }
}

/** Everybody who is in it beside its owner, or was asked to come. */
const around = (state: InteractionState | null): readonly AgentId[] =>
  state === null
    ? []
    : [...state.members.map((one) => one.agent), ...state.requests.map((one) => one.to)];

/** The agent whom the command names. */
function colleagueIn(command: Command): AgentId | null {
  if (command.type === 'transfer') return command.to.kind === 'agent' ? command.to.agent : null;
  if (command.type === 'request') return command.to;
  return 'agent' in command ? command.agent : null;
}

export function decide(command: Command, actor: Actor, world: World, context: Context): Decision {
  return withoutRequests(decided(command, actor, world, context), world);
}

function decided(command: Command, actor: Actor, world: World, context: Context): Decision {
  const { now } = context;
  switch (command.type) {
    case 'start': {
      const policy = context.queue(command);
      if (actor.kind !== 'customer') return refused('not-allowed');
      if (policy === null) return refused('unknown-queue');
      if (!context.isOpen(command.queue, now)) return refused('queue-closed');
      const last = context.lastOwner(actor.id);
      return events([[context.newInteraction, start(command, actor.id, policy, last, now)]], []);
    }
    case 'leave-message': {
      if (actor.kind !== 'customer') return refused('not-allowed');
      return decideMessage(command, actor.id, world, context);
    }
    case 'set-status': {
      if (actor.kind !== 'agent') return refused('not-allowed');
      if (command.reason !== null && !context.isReason(command.reason))
        return refused('unknown-reason');
      return overRings(actor.id, command.to === 'not-ready', world, context, (state) =>
        setStatus(
          state,
          command.to,
          command.to === 'ready' ? null : command.reason,
          context.agent(actor.id).pendingNotReady,
        ),
      );
    }
    case 'sign-out':
      return actor.kind === 'agent'
        ? oneAgent(actor.id, signOut(world.agent(actor.id)))
        : refused('not-allowed');
    case 'can-show':
      return actor.kind === 'agent'
        ? oneAgent(actor.id, canShow(world.agent(actor.id)))
        : refused('not-allowed');
    case 'make-commitment':
      return actor.kind === 'agent'
        ? oneAgent(actor.id, makeCommitment(world.agent(actor.id), command))
        : refused('not-allowed');
    case 'end-commitment':
      return actor.kind === 'agent'
        ? oneAgent(
            actor.id,
            endCommitment(world.agent(actor.id), command.commitment, command.outcome),
          )
        : refused('not-allowed');
    case 'commitment-due':
      return oneAgent(command.agent, commitmentDue(world.agent(command.agent), command.commitment));
    case 'agent-silent':
      return overRings(command.agent, true, world, context, agentSilent);
    case 'agent-gone':
      return oneAgent(command.agent, agentGone(world.agent(command.agent), command.since));
    case 'desk-connected':
      return oneAgent(
        command.agent,
        deskConnected(world.agent(command.agent), command.desk, command.claim),
      );
    default: {
      const state = world.interaction(command.interaction);
      if (state === null) return refused('unknown-interaction');
      const policy = policyOf(state, context);
      const decision = decideInteraction(command, actor, state, policy, world, context);
      return command.type === 'reject' || command.type === 'offer-expired'
        ? withoutRings(decision, state.id, world, context)
        : decision;
    }
  }
}

function decideMessage(
  command: Extract<Command, { type: 'leave-message' }>,
  customer: CustomerId,
  world: World,
  context: Context,
): Decision {
  const { now, newInteraction } = context;
  if (command.interaction === null) {
    const policy = context.queue(command);
    if (policy === null) return refused('unknown-queue');
    return oneInteraction(newInteraction, startMessage(command, customer, policy, now));
  }
  const state = world.interaction(command.interaction);
  if (state === null || state.customer !== customer) return refused('unknown-interaction');
  const policy = policyOf(state, context);
  return both(state.id, leaveMessage(state, command, policy), holderOf(state), (agent) =>
    state.status.name === 'offered'
      ? offerEnded(world.agent(agent), state.status.offer, state.id, 'rescinded', policy)
      : nothing,
  );
}

/** Rescinds what rings at the agent, without penalty (STATE-6, STATE-8), then decides about the agent. */
function overRings(
  agent: AgentId,
  rescind: boolean,
  world: World,
  context: Context,
  next: (state: AgentState) => AgentOutcome | RefusalName,
): Decision {
  const state = world.agent(agent);
  const after = next(state);
  if (typeof after === 'string') return refused(after);
  if (!rescind || after.facts.length === 0) return events([], [[agent, after]]);
  const undone = rescinded(state, null, world, context);
  return events(undone.interactions, [[agent, plus(undone.outcome, after)]]);
}

/** Who was taken out of routing has nothing else ringing either (OFFER-5: no offers until the agent chooses). */
function withoutRings(
  decision: Decision,
  ended: InteractionId,
  world: World,
  context: Context,
): Decision {
  if (decision.type === 'refused') return decision;
  const [half] = decision.agents;
  if (half === undefined) return decision;
  const [agent, outcome] = half;
  if (!outcome.facts.some(({ body }) => body.type === 'status-changed')) return decision;
  const undone = rescinded(world.agent(agent), ended, world, context);
  return events(
    [...decision.interactions, ...undone.interactions],
    [[agent, plus(outcome, undone.outcome)]],
  );
}

/** Both halves of every offer that rings at the agent, but for one that ends otherwise. */
function rescinded(
  state: AgentState,
  but: InteractionId | null,
  world: World,
  context: Context,
): { readonly interactions: Rescinded[]; readonly outcome: AgentOutcome } {
  const interactions: Rescinded[] = [];
  let outcome: AgentOutcome = { facts: [], blank: [] };
  for (const { facts } of ringing(state)) {
    const interaction = world.interaction(facts.interaction);
    if (interaction === null || interaction.id === but) continue;
    const policy = policyOf(interaction, context);
    const undone = unoffer(interaction, facts.offer, 'rescinded', policy, context.now);
    if (typeof undone === 'string') continue;
    interactions.push([interaction.id, undone]);
    outcome = plus(
      outcome,
      offerEnded({ ...state, pending: null }, facts.offer, interaction.id, 'rescinded', policy),
    );
  }
  return { interactions, outcome };
}

type Rescinded = readonly [InteractionId, readonly Fact[]];

const plus = (one: AgentOutcome, two: AgentOutcome): AgentOutcome => ({
  facts: [...one.facts, ...two.facts],
  blank: [...one.blank, ...two.blank],
});

/** What began in a queue that the centre has given up since must still come to its end (I6). */
const policyOf = (state: InteractionState, context: Context): QueuePolicy =>
  context.queue(state) ?? closedQueue;
