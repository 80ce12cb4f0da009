import {
  type AgentId,
  agentStream,
  type InteractionId,
  interactionStream,
  type StreamName,
} from '../protocol/ids.ts';
import { commitmentDue, endCommitment, makeCommitment } from './agents/commitments.ts';
import { agentGone, agentSilent, deskConnected } from './agents/desk.ts';
import { nothing } from './agents/facts.ts';
import { offerEnded } from './agents/offers.ts';
import { requestsTo, ringing } from './agents/state.ts';
import { statusTimeOver } from './agents/status.ts';
import { decideInteraction } from './decide-interaction.ts';
import { decideStatus } from './decide-status.ts';
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
import { leaveMessage, startMessage } from './interactions/message.ts';
import { type Customer, start } from './interactions/start.ts';
import { holderOf, type InteractionState } from './interactions/state.ts';
import { withAfterWork } from './with-after-work.ts';
import { withoutRequests } from './without-requests.ts';
import { policyOf, withoutRings } from './without-rings.ts';

/** Every stream that `decide` will look at. May grow once those streams are known: ask again until it doesn't. */
export function streamsOf(
  command: Command,
  actor: Actor,
  world: World,
  newInteraction: InteractionId,
): StreamName[] {
  /** Whoever is taken out of routing loses what rings there. */
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
    case 'set-do-not-disturb':
    case 'idle-set':
      return actor.kind === 'agent' ? withRings(actor.id) : [];
    case 'set-agent-status':
      return withRings(command.agent);
    case 'sign-out':
      return actor.kind === 'agent' ? [agentStream(actor.id), ...withRequests(actor.id)] : [];
    case 'can-show':
    case 'make-commitment':
    case 'end-commitment':
      return actor.kind === 'agent' ? [agentStream(actor.id)] : [];
    case 'agent-silent':
      return [...new Set([...withRings(command.agent), ...withRequests(command.agent)])];
    case 'desk-connected':
    case 'status-time-over':
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
    case 'send-transcript':
    case 'transcript-sent':
    case 'transcript-failed':
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
      const streams = [...agents].flatMap(withRings);
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
  const decision = decided(command, actor, world, context);
  if (decision.type === 'refused') return decision;
  const complete = withAfterWork(decision, world, context);
  return withoutRequests(withoutRings(complete, world, context), world);
}

function decided(command: Command, actor: Actor, world: World, context: Context): Decision {
  const { now } = context;
  switch (command.type) {
    case 'start': {
      const policy = context.queue(command);
      if (actor.kind !== 'customer') return refused('not-allowed');
      if (policy === null || !policy.channels.includes('chat')) return refused('unknown-queue');
      if (!context.isOpen(command.queue, now)) return refused('queue-closed');
      return events(
        [[context.newInteraction, start(command, actor, policy, context.lastOwner, now)]],
        [],
      );
    }
    case 'leave-message': {
      if (actor.kind !== 'customer') return refused('not-allowed');
      return decideMessage(command, actor, world, context);
    }
    case 'set-status':
    case 'set-agent-status':
    case 'set-do-not-disturb':
    case 'idle-set':
    case 'sign-out':
    case 'can-show':
      return actor.kind === 'agent'
        ? decideStatus(command, actor, world, context)
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
      return oneAgent(command.agent, agentSilent(world.agent(command.agent)));
    case 'status-time-over':
      return oneAgent(
        command.agent,
        statusTimeOver(world.agent(command.agent), command.channel, command.until),
      );
    case 'agent-gone':
      return oneAgent(command.agent, agentGone(world.agent(command.agent), command.since));
    case 'desk-connected':
      return oneAgent(
        command.agent,
        deskConnected(
          world.agent(command.agent),
          command.desk,
          command.claim,
          context.agent(command.agent),
        ),
      );
    default: {
      const state = world.interaction(command.interaction);
      if (state === null) return refused('unknown-interaction');
      return decideInteraction(command, actor, state, policyOf(state, context), world, context);
    }
  }
}

function decideMessage(
  command: Extract<Command, { type: 'leave-message' }>,
  customer: Customer,
  world: World,
  context: Context,
): Decision {
  const { now, newInteraction } = context;
  if (command.interaction === null) {
    const policy = context.queue(command);
    if (policy === null) return refused('unknown-queue');
    return oneInteraction(
      newInteraction,
      startMessage(command, customer, policy, context.lastOwner, now),
    );
  }
  const state = world.interaction(command.interaction);
  if (state === null || state.customer !== customer.id) return refused('unknown-interaction');
  const policy = policyOf(state, context);
  return both(state.id, leaveMessage(state, command, policy), holderOf(state), (agent) =>
    state.status.name === 'offered'
      ? offerEnded(world.agent(agent), state.status.offer, state.id, 'rescinded', policy)
      : nothing,
  );
}
