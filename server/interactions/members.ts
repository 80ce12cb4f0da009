import type { AgentId } from '../../protocol/ids.ts';
import type {
  LeftReason,
  MemberRole,
  OwnerChangedReason,
  RequestOutcome,
} from '../../protocol/members.ts';
import { type Fact, fact } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import { type InteractionState, type Member, memberOf, type Request } from './state.ts';

/** Six may be in one interaction: its owner and these (HAND-6). */
export const MEMBERS_MAX = 5;

export const requestEnded = ({ request, kind, to }: Request, outcome: RequestOutcome): Fact =>
  fact({ type: 'request-ended', request, kind, to, outcome });

export const left = ({ agent, name, role }: Member, reason: LeftReason): Fact =>
  fact({ type: 'left', agent, name, role, reason });

/** Comes, or comes to another role. */
export function joins(
  state: InteractionState,
  { agent, name }: { readonly agent: AgentId; readonly name: string },
  role: MemberRole,
): readonly Fact[] {
  const before = memberOf(state, agent);
  const epoch = state.epoch + 1;
  const was = before?.role ?? null;
  return [
    ...(before === null ? [] : [left(before, 'role-changed')]),
    fact({ type: 'joined', agent, name, role, was, epoch }),
  ];
}

/** `stays`: the owner until now goes on as a guest (HAND-7). Its epoch follows the new owner's. */
export function ownerChanged(
  state: InteractionState,
  from: AgentId,
  to: { readonly agent: AgentId; readonly name: string },
  reason: OwnerChangedReason,
  stays: { readonly name: string } | null,
): readonly Fact[] {
  const before = memberOf(state, to.agent);
  const epoch = state.epoch + 1;
  return [
    ...(before === null ? [] : [left(before, 'role-changed')]),
    fact({
      type: 'owner-changed',
      from,
      to: to.agent,
      name: to.name,
      epoch,
      reason,
      was: before?.role ?? null,
    }),
    ...(stays === null
      ? []
      : [
          fact({
            type: 'joined',
            agent: from,
            name: stays.name,
            role: 'guest',
            was: 'owner',
            epoch: epoch + 1,
          }),
        ]),
  ];
}

/** Until when somebody who leaves now may write a note; null: they have none, or have one already. */
export function ownWrapUpUntil(
  state: InteractionState,
  agent: AgentId,
  role: 'sender' | MemberRole,
  policy: QueuePolicy,
  now: number,
): number | null {
  const ms =
    role === 'sender' ? policy.senderWrapUpMs : role === 'guest' ? policy.guestWrapUpMs : 0;
  return ms === 0 || state.ownWrapUps.includes(agent) ? null : now + ms;
}

/** HAND-8: the guest who has been here longest, of those who can be reached. */
export const heirOf = (
  state: InteractionState,
  isReachable: (agent: AgentId) => boolean,
): Member | null =>
  state.members
    .filter((one) => one.role === 'guest' && isReachable(one.agent))
    .reduce<Member | null>(
      (first, one) => (first === null || one.since < first.since ? one : first),
      null,
    );
