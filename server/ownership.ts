import type { AgentId } from '../protocol/ids.ts';
import type { OwnerChangedReason } from '../protocol/members.ts';
import { departed, granted } from './agents/membership.ts';
import { type Change, change, together } from './change.ts';
import type { World } from './decision.ts';
import { fact } from './interactions/facts.ts';
import { ownerChanged, ownWrapUpUntil } from './interactions/members.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { channelOf, type InteractionState, memberOf, type Request } from './interactions/state.ts';
import { parts, requestsEnd } from './parting.ts';

/** Somebody else answers for it from now on, and what happens to the owner until now. */
export type Passing = {
  readonly from: AgentId;
  readonly to: { readonly agent: AgentId; readonly name: string };
  readonly reason: OwnerChangedReason;
  /** As whom the owner until now goes on (HAND-7); null: their part ends. */
  readonly stays: { readonly name: string } | null;
  /** The request that was answered; the others are over. */
  readonly answered: Request | null;
};

/**
 * HAND-4: in one step, so that there is always exactly one owner. Guests stay; those whom the
 * owner consulted were there for the owner and go.
 */
export function ownershipPasses(
  state: InteractionState,
  { from, to, reason, stays, answered }: Passing,
  policy: QueuePolicy,
  world: World,
  now: number,
): Change {
  const epoch = state.epoch + 1;
  const until =
    reason === 'transferred' ? ownWrapUpUntil(state, from, 'sender', policy, now) : null;
  const consultants = state.members.filter(
    (one) => one.role === 'consultant' && one.agent !== to.agent,
  );
  const channel = channelOf(state);
  const before = world.agent(from);
  return together(
    requestsEnd(state, answered, world),
    ...consultants.map((one) => parts(state, one, 'ended', policy, world, now)),
    change(
      [
        ...ownerChanged(state, from, to, reason, stays),
        ...(until === null || stays !== null
          ? []
          : [fact({ type: 'own-wrap-up-started', agent: from, until })]),
      ],
      [
        from,
        stays === null
          ? departed(before, state.id, revokedReason[reason], until)
          : granted(before, state.id, epoch + 1, 'guest', channel),
      ],
      [to.agent, granted(world.agent(to.agent), state.id, epoch, 'owner', channel)],
    ),
  );
}

const revokedReason = {
  transferred: 'transferred',
  'handed-over': 'left',
  'taken-over': 'taken-over',
  'owner-lost': 'owner-lost',
} as const satisfies Record<OwnerChangedReason, string>;

/** Is this agent in it beside its owner already? */
export const isMember = (state: InteractionState, agent: AgentId): boolean =>
  memberOf(state, agent) !== null;

/** Does it count for this agent already (CAP-1)? Then they hold one more by no change of role. */
export function holds(state: InteractionState, agent: AgentId): boolean {
  const role = memberOf(state, agent)?.role ?? null;
  return role !== null && role !== 'monitor';
}
