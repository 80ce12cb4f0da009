import {
  type AgentId,
  agentStream,
  type InteractionId,
  interactionStream,
  type StreamName,
} from '../protocol/ids.ts';
import type { Content } from '../protocol/parts.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { AgentOutcome } from './agents/facts.ts';
import { accepted, offerEnded, offerMade, offerShown, refusesOffer } from './agents/offers.ts';
import { type AgentState, ringing } from './agents/state.ts';
import {
  agentGone,
  agentSilent,
  canShow,
  deskConnected,
  setStatus,
  signOut,
} from './agents/status.ts';
import { revoked, wrapUpStarted } from './agents/work.ts';
import type { Actor, Command } from './interactions/command.ts';
import { end, leave, markDone, ownerLost, wrapUpOver } from './interactions/end.ts';
import type { Fact, Outcome } from './interactions/facts.ts';
import { accept, offer, shown, unoffer } from './interactions/offers.ts';
import type { AgentPolicy, QueuePolicy } from './interactions/policy.ts';
import { start } from './interactions/start.ts';
import type { InteractionState } from './interactions/state.ts';
import { customerBack, customerGone, ownerAway, ownerBack, post } from './interactions/talk.ts';

/**
 * Joins the two pure rooms: one command, what it means for interactions and for agents, decided
 * over the states of all streams it touches. Pure: time, ids and set-up come in as data.
 */
export type World = {
  readonly interaction: (id: InteractionId) => InteractionState | null;
  readonly agent: (id: AgentId) => AgentState;
};

export type Context = {
  readonly now: number;
  /** The id of a new interaction, made by the caller. */
  readonly newInteraction: InteractionId;
  /** The words an interaction was started with; asked for only by `offer`. */
  readonly words: Content;
  readonly queue: (state: { readonly queue: InteractionState['queue'] }) => QueuePolicy | null;
  readonly agent: (id: AgentId) => AgentPolicy;
  readonly isReason: (reason: string) => boolean;
};

export type Decision =
  | {
      readonly type: 'events';
      readonly interactions: readonly (readonly [InteractionId, readonly Fact[]])[];
      readonly agents: readonly (readonly [AgentId, AgentOutcome])[];
    }
  | { readonly type: 'refused'; readonly refusal: RefusalName };

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
  switch (command.type) {
    case 'start':
      return [interactionStream(newInteraction)];
    case 'set-status':
      return actor.kind === 'agent' ? withRings(actor.id) : [];
    case 'sign-out':
    case 'can-show':
      return actor.kind === 'agent' ? [agentStream(actor.id)] : [];
    case 'agent-silent':
      return withRings(command.agent);
    case 'desk-connected':
    case 'agent-gone':
      return [agentStream(command.agent)];
    case 'offer':
      return [interactionStream(command.interaction), agentStream(command.agent)];
    case 'post':
    case 'customer-gone':
    case 'customer-back':
    case 'owner-away':
    case 'owner-back':
      return [interactionStream(command.interaction)];
    default: {
      const holder = holderOf(world.interaction(command.interaction));
      const self = actor.kind === 'agent' ? actor.id : null;
      const agents = new Set([holder, self].filter((one) => one !== null));
      return [interactionStream(command.interaction), ...[...agents].map(agentStream)];
    }
  }
}

export function decide(command: Command, actor: Actor, world: World, context: Context): Decision {
  const { now } = context;
  switch (command.type) {
    case 'start': {
      const policy = context.queue(command);
      if (actor.kind !== 'customer') return refused('not-allowed');
      if (policy === null) return refused('unknown-queue');
      return events([[context.newInteraction, start(command, actor.id, policy, now)]], []);
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
      const policy = state === null ? null : context.queue(state);
      if (state === null || policy === null) return refused('unknown-interaction');
      return withInteraction(command, actor, state, policy, world, context);
    }
  }
}

type OnInteraction = Extract<Command, { interaction: InteractionId }>;

function withInteraction(
  command: OnInteraction,
  actor: Actor,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const { now } = context;
  const id = state.id;
  const self = actor.kind === 'agent' ? actor.id : null;
  switch (command.type) {
    case 'post':
      if (actor.kind === 'system') return refused('not-allowed');
      return oneInteraction(
        id,
        post(
          state,
          actor.kind === 'agent'
            ? { kind: 'agent', agent: actor.id, name: actor.name }
            : { kind: 'customer' },
          command.text,
        ),
      );
    case 'customer-gone':
      return oneInteraction(id, customerGone(state, policy, now));
    case 'customer-back':
      return oneInteraction(id, customerBack(state));
    case 'owner-away':
      return oneInteraction(id, ownerAway(state, command.agent));
    case 'owner-back':
      return oneInteraction(id, ownerBack(state, command.agent));

    case 'offer': {
      const agent = world.agent(command.agent);
      const limits = context.agent(command.agent);
      const no = refusesOffer(agent, limits.chatLimit, limits.ringsAtOnce);
      if (no !== null) return refused(no);
      return both(
        id,
        offer(state, command.agent, command.offer, command.why, policy, now),
        command.agent,
        () =>
          offerMade(
            {
              offer: command.offer,
              interaction: id,
              channel: 'chat',
              queue: state.queue,
              startedAt: state.startedAt,
              enqueuedAt: state.enqueuedAt,
              showBy: now + policy.showMs,
              answerMs: policy.answerMs,
              why: command.why,
            },
            context.words,
          ),
      );
    }
    case 'offer-shown':
      if (self === null) return refused('not-allowed');
      return both(id, shown(state, command.offer, self, policy, now), self, () =>
        offerShown(command.offer, now + policy.answerMs),
      );
    case 'accept':
      if (self === null || actor.kind !== 'agent') return refused('not-allowed');
      return both(id, accept(state, command.offer, self, actor.name), self, () =>
        accepted(world.agent(self), command.offer, id, state.epoch + 1),
      );
    case 'reject':
      if (self === null || holderOf(state) !== self) return refused('offer-over');
      return unoffered(state, command.offer, 'rejected', policy, world, context);
    case 'offer-expired':
      return unoffered(state, command.offer, 'expired', policy, world, context);
    case 'offer-not-shown':
      return unoffered(state, command.offer, 'not-shown', policy, world, context);
    case 'rescind':
      return unoffered(state, command.offer, 'rescinded', policy, world, context);

    case 'leave':
    case 'customer-left': {
      if (
        command.type === 'customer-left' &&
        (state.presence.name !== 'away' || state.presence.since !== command.since)
      )
        return events([], []);
      const facts = leave(
        state,
        command.type === 'leave' ? 'customer' : 'customer-left',
        policy,
        now,
      );
      const holder = holderOf(state);
      return both(id, facts, holder, () =>
        state.status.name === 'offered'
          ? offerEnded(world.agent(state.status.agent), state.status.offer, id, 'abandoned', policy)
          : wrapUpStarted(id),
      );
    }
    case 'end':
      if (self === null) return refused('not-allowed');
      return both(id, end(state, self, policy, now), self, () => wrapUpStarted(id));
    case 'mark-done':
      if (self === null) return refused('not-allowed');
      return both(id, markDone(state, self, command.dispositions, command.note, policy), self, () =>
        revoked(world.agent(self), id, 'done'),
      );
    case 'wrap-up-over': {
      const holder = holderOf(state);
      if (holder === null) return events([], []);
      const reachable = world.agent(holder).reach.reachable;
      return both(id, wrapUpOver(state, command.since, reachable, policy), holder, () =>
        revoked(world.agent(holder), id, 'done'),
      );
    }
    case 'owner-lost':
      return both(id, ownerLost(state, command.agent, policy, now), command.agent, () =>
        revoked(
          world.agent(command.agent),
          id,
          state.status.name === 'active' ? 'owner-lost' : 'done',
        ),
      );
    default:
      return command satisfies never;
  }
}

/** The agent an interaction is with: the owner, or the one it rings at. */
export function holderOf(state: InteractionState | null): AgentId | null {
  switch (state?.status.name) {
    case 'offered':
      return state.status.agent;
    case 'active':
    case 'wrapping':
    case 'parked':
      return state.status.owner;
    default:
      return null;
  }
}

function unoffered(
  state: InteractionState,
  id: Parameters<typeof unoffer>[1],
  outcome: Parameters<typeof unoffer>[2],
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  return both(
    state.id,
    unoffer(state, id, outcome, policy, context.now),
    holderOf(state),
    (agent) => offerEnded(world.agent(agent), id, state.id, outcome, policy),
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
  const before = world.agent(agent);
  const after = next(before);
  if (typeof after === 'string') return refused(after);
  if (!rescind || after.facts.length === 0) return events([], [[agent, after]]);
  const interactions: [InteractionId, readonly Fact[]][] = [];
  let outcome: AgentOutcome = { facts: [], blank: [] };
  for (const { facts } of ringing(before)) {
    const state = world.interaction(facts.interaction);
    const policy = state === null ? null : context.queue(state);
    if (state === null || policy === null) continue;
    const undone = unoffer(state, facts.offer, 'rescinded', policy, context.now);
    if (typeof undone === 'string') continue;
    interactions.push([facts.interaction, undone]);
    outcome = plus(
      outcome,
      offerEnded({ ...before, pending: null }, facts.offer, facts.interaction, 'rescinded', policy),
    );
  }
  return events(interactions, [[agent, plus(outcome, after)]]);
}

const plus = (one: AgentOutcome, two: AgentOutcome): AgentOutcome => ({
  facts: [...one.facts, ...two.facts],
  blank: [...one.blank, ...two.blank],
});

const refused = (refusal: RefusalName): Decision => ({ type: 'refused', refusal });

const events = (
  interactions: readonly (readonly [InteractionId, readonly Fact[]])[],
  agents: readonly (readonly [AgentId, AgentOutcome])[],
): Decision => ({ type: 'events', interactions, agents });

const oneInteraction = (id: InteractionId, outcome: Outcome): Decision =>
  typeof outcome === 'string' ? refused(outcome) : events([[id, outcome]], []);

const oneAgent = (id: AgentId, outcome: AgentOutcome | RefusalName): Decision =>
  typeof outcome === 'string' ? refused(outcome) : events([], [[id, outcome]]);

/** What happens to the interaction; only if something does, its agent's half. */
function both(
  id: InteractionId,
  outcome: Outcome,
  agent: AgentId | null,
  half: (agent: AgentId) => AgentOutcome,
): Decision {
  if (typeof outcome === 'string') return refused(outcome);
  if (outcome.length === 0 || agent === null) return events([[id, outcome]], []);
  return events([[id, outcome]], [[agent, half(agent)]]);
}
