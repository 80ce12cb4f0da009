import type { LeftReason, MemberRole, RequestOutcome } from '../protocol/members.ts';
import { departed, requestEnded as requestEndedToAgent } from './agents/membership.ts';
import { type Change, change, together } from './change.ts';
import type { World } from './decision.ts';
import { fact } from './interactions/facts.ts';
import { left, ownWrapUpUntil, requestEnded } from './interactions/members.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import type { InteractionState, Member, Request } from './interactions/state.ts';

/** Both halves of what ends for colleagues around an interaction. */

export const requestEnds = (request: Request, outcome: RequestOutcome, world: World): Change =>
  change(
    [requestEnded(request, outcome)],
    [request.to, requestEndedToAgent(world.agent(request.to), request.request, outcome)],
  );

/** HAND-7: a guest who goes has a short wrap-up of their own; who was lost can't write one. */
export function parts(
  state: InteractionState,
  member: Member,
  reason: Exclude<LeftReason, 'role-changed'>,
  policy: QueuePolicy,
  world: World,
  now: number,
): Change {
  const { agent, role } = member;
  const until = reason === 'lost' ? null : ownWrapUpUntil(state, agent, role, policy, now);
  return change(
    [
      left(member, reason),
      ...(until === null ? [] : [fact({ type: 'own-wrap-up-started', agent, until })]),
    ],
    [agent, departed(world.agent(agent), state.id, reason, until)],
  );
}

/** It ends, or waits again: whoever is in it beside the owner goes, whatever was asked is over. */
export const everybodyParts = (
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  now: number,
): Change =>
  together(
    requestsEnd(state, null, world),
    membersPart(state, ['guest', 'consultant', 'monitor'], policy, world, now),
  );

export const requestsEnd = (state: InteractionState, but: Request | null, world: World): Change =>
  together(
    ...state.requests
      .filter((one) => one.request !== but?.request)
      .map((one) => requestEnds(one, 'over', world)),
  );

export const membersPart = (
  state: InteractionState,
  roles: readonly MemberRole[],
  policy: QueuePolicy,
  world: World,
  now: number,
): Change =>
  together(
    ...state.members
      .filter((one) => roles.includes(one.role))
      .map((one) => parts(state, one, 'ended', policy, world, now)),
  );
