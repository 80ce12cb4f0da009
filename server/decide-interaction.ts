import type { InteractionId } from '../protocol/ids.ts';
import { accepted, offerEnded, offerMade, offerShown, refusesOffer } from './agents/offers.ts';
import { picked, refusesPick } from './agents/pick.ts';
import { revoked, wrapUpStarted } from './agents/work.ts';
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
import type { Actor, Command } from './interactions/command.ts';
import { end, leave, ownerLost } from './interactions/end.ts';
import { accept, offer, shown, unoffer } from './interactions/offers.ts';
import { overflow } from './interactions/overflow.ts';
import { pick } from './interactions/pick.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { channelOf, holderOf, type InteractionState } from './interactions/state.ts';
import { customerBack, customerGone, ownerAway, ownerBack, post } from './interactions/talk.ts';

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
  const author =
    actor.kind === 'agent' ? ({ kind: 'agent', agent: actor.id, name: actor.name } as const) : null;
  switch (command.type) {
    case 'post':
      if (actor.kind === 'system') return refused('not-allowed');
      return both(
        id,
        post(state, author ?? { kind: 'customer' }, command.text, policy, now),
        state.status.name === 'parked' ? state.status.owner : null,
        (owner) => revoked(world.agent(owner), id, 'replied'),
      );
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

    case 'pick': {
      if (self === null || actor.kind !== 'agent') return refused('not-allowed');
      if (!policy.pick) return refused('not-allowed');
      const agent = world.agent(self);
      const no = refusesPick(agent);
      if (no !== null && state.status.name === 'queued') return refused(no);
      return both(id, pick(state, self, actor.name), self, () => picked(id, state.epoch + 1));
    }
    case 'overflow':
      return oneInteraction(id, overflow(state, command.to, command.since));

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
          : state.status.name === 'parked'
            ? revoked(world.agent(state.status.owner), id, 'done')
            : wrapUpStarted(id),
      );
    }
    case 'end':
      if (self === null) return refused('not-allowed');
      return both(id, end(state, self, policy, now), self, () => wrapUpStarted(id));
    case 'mark-done':
    case 'wrap-up-over':
    case 'extend-wrap-up':
    case 'add-note':
    case 'set-tags':
    case 'set-data':
    case 'park':
    case 'unpark':
    case 'park-over':
    case 'bot-says':
    case 'bot-over':
      return decideWork(command, actor, state, policy, world, context);
    case 'owner-lost':
      if (!isStillAway(command, world)) return events([], []);
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
