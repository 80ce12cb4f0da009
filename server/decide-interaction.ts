import type { AgentId, InteractionId } from '../protocol/ids.ts';
import { accepted, offerEnded, offerMade, offerShown, refusesOffer } from './agents/offers.ts';
import { picked, refusesPick } from './agents/pick.ts';
import { revoked, wrapUpStarted } from './agents/work.ts';
import { decisionOf, together } from './change.ts';
import { decideMembers, decideMembersInTime } from './decide-members.ts';
import { decidePost } from './decide-post.ts';
import { decideSupervisor } from './decide-supervisor.ts';
import { decideWork } from './decide-work.ts';
import {
  both,
  type Context,
  type Decision,
  events,
  oneInteraction,
  refused,
  type World,
} from './decision.ts';
import { bidFarewell, greeted } from './interactions/automatic.ts';
import type { Actor, Command } from './interactions/command.ts';
import { end, leave, ownerLost } from './interactions/end.ts';
import { heirOf } from './interactions/members.ts';
import { accept, offer, shown, unoffer } from './interactions/offers.ts';
import { overflow } from './interactions/overflow.ts';
import { pick } from './interactions/pick.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { channelOf, holderOf, type InteractionState } from './interactions/state.ts';
import { customerBack, customerGone, ownerAway, ownerBack } from './interactions/talk.ts';
import { ownershipPasses } from './ownership.ts';
import { everybodyParts } from './parting.ts';

/** Commands about one interaction. */
type OnInteraction = Extract<Command, { interaction: InteractionId }>;

export function decideInteraction(
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
      return decidePost(command, actor, state, policy, world, context);
    case 'customer-gone':
      return oneInteraction(id, customerGone(state, policy, now));
    case 'customer-back':
      return oneInteraction(id, customerBack(state));
    case 'owner-away':
      if (!isStillAway(command, world)) return events([], []);
      return oneInteraction(id, ownerAway(state, command.agent));
    case 'owner-back':
      return oneInteraction(id, ownerBack(state, command.agent));

    case 'offer': {
      const agent = world.agent(command.agent);
      const no = refusesOffer(agent, channelOf(state), context.agent(command.agent));
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
              channel: channelOf(state),
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
      return both(
        id,
        greeted(accept(state, command.offer, self, actor.name), state, policy, actor),
        self,
        () => accepted(world.agent(self), command.offer, id, state.epoch + 1, channelOf(state)),
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

    case 'pick': {
      if (self === null || actor.kind !== 'agent') return refused('not-allowed');
      if (!policy.pick) return refused('not-allowed');
      const no = refusesPick(world.agent(self), channelOf(state), context.agent(self));
      if (no !== null && state.status.name === 'queued') return refused(no);
      return both(id, greeted(pick(state, self, actor.name), state, policy, actor), self, () =>
        picked(id, state.epoch + 1, channelOf(state)),
      );
    }
    case 'overflow':
      return oneInteraction(id, overflow(state, command.to, command.since));

    case 'leave':
    case 'customer-left': {
      if (command.type === 'leave' && actor.kind === 'agent')
        return decideMembers(command, actor, state, policy, world, context);
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
      const decision = both(id, facts, holder, (holder) =>
        state.status.name === 'offered'
          ? offerEnded(world.agent(state.status.agent), state.status.offer, id, 'abandoned', policy)
          : state.status.name === 'parked'
            ? revoked(world.agent(state.status.owner), id, 'done')
            : wrapUpStarted(
                world.agent(holder),
                id,
                policy.wrapUpBlocks.includes(channelOf(state)),
              ),
      );
      return withParting(decision, state, policy, world, now);
    }
    case 'end':
      if (self === null || actor.kind !== 'agent') return refused('not-allowed');
      return withParting(
        both(
          id,
          bidFarewell(end(state, holderOf(state) ?? self, policy, now), state, policy, actor),
          holderOf(state),
          (holder) =>
            wrapUpStarted(world.agent(holder), id, policy.wrapUpBlocks.includes(channelOf(state))),
        ),
        state,
        policy,
        world,
        now,
      );
    case 'send-transcript':
    case 'transcript-sent':
    case 'transcript-failed':
    case 'mark-done':
    case 'wrap-up-over':
    case 'extend-wrap-up':
    case 'add-note':
    case 'set-tags':
    case 'set-data':
    case 'unpark':
    case 'park-over':
    case 'bot-says':
    case 'bot-over':
      return decideWork(command, actor, state, policy, world, context);
    case 'park':
      return withParting(
        decideWork(command, actor, state, policy, world, context),
        state,
        policy,
        world,
        now,
      );
    case 'owner-lost':
      if (!isStillAway(command, world)) return events([], []);
      return (
        ownerGone(command.agent, state, policy, world, now) ??
        withParting(
          both(id, ownerLost(state, command.agent, policy, now), command.agent, () =>
            revoked(
              world.agent(command.agent),
              id,
              state.status.name === 'active' ? 'owner-lost' : 'done',
            ),
          ),
          state,
          policy,
          world,
          now,
        )
      );
    case 'transfer':
    case 'request':
    case 'cancel-request':
    case 'accept-request':
    case 'reject-request':
    case 'remove-guest':
    case 'end-conference':
    case 'hand-ownership':
    case 'finish-own-wrap-up':
      if (actor.kind !== 'agent') return refused('not-allowed');
      return decideMembers(command, actor, state, policy, world, context);
    case 'post-side':
    case 'monitor':
    case 'barge-in':
    case 'take-over':
      if (actor.kind !== 'agent') return refused('not-allowed');
      return decideSupervisor(command, actor, state, policy, world, context);
    case 'request-expired':
    case 'member-lost':
    case 'own-wrap-up-over':
      return decideMembersInTime(command, state, policy, world, context);
    default:
      return command satisfies never;
  }
}

/** HAND-8: the guest who has been here longest answers for it; null: there is none. */
function ownerGone(
  owner: AgentId,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  now: number,
): Decision | null {
  if (state.status.name !== 'active' || state.status.owner !== owner) return null;
  const heir = heirOf(state, (agent) => world.agent(agent).reach.reachable);
  if (heir === null) return null;
  const passing = {
    from: owner,
    to: heir,
    reason: 'owner-lost',
    stays: null,
    answered: null,
  } as const;
  return decisionOf(state, ownershipPasses(state, passing, policy, world, now));
}

/** Before it ends or waits again everybody beside the owner goes, in the same step. */
function withParting(
  decision: Decision,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  now: number,
): Decision {
  if (decision.type === 'refused' || state.status.name !== 'active') return decision;
  const facts = decision.interactions.flatMap(([, facts]) => facts);
  if (facts.length === 0) return decision;
  return decisionOf(
    state,
    together(everybodyParts(state, policy, world, now), { facts, agents: decision.agents }),
  );
}

/** Not so when the agent came back in the last moment, even if gone again since. */
function isStillAway(
  { agent, since }: Extract<Command, { type: 'owner-away' | 'owner-lost' }>,
  world: World,
): boolean {
  const { reach } = world.agent(agent);
  return !reach.reachable && reach.since === since;
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
