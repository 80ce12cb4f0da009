import type { AgentId, CustomerId, InteractionId, OfferId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';

/**
 * An interaction, folded from its stream.
 *
 *             ┌────────── rejected, expired, rescinded, not shown ─────────┐
 *             ▼                                                            │
 *  start ─► queued ──────────────── offer ─────────────────────────► offered
 *             ▲ │                                                      │   │
 *             │ └─ customer leaves ─► done (abandoned) ◄───────────────┘   │ accept
 *             │                                                            ▼
 *             └───────────────── owner lost ◄──────────────────────── active
 *                                                                          │ end, customer leaves
 *                          done ◄── mark done, wrap-up over ── wrapping ◄──┘
 *
 * `with-bot` (before the queue) and `parked` (beside active) have their places in the union.
 */
export type InteractionState = {
  readonly id: InteractionId;
  readonly customer: CustomerId;
  /** A call added to a chat is a second leg. */
  readonly legs: readonly { readonly channel: Channel }[];
  readonly language: string;
  readonly queue: QueueId;
  readonly startedAt: number;
  readonly priority: number;
  readonly enqueuedAt: number;
  readonly skipped: readonly { readonly agent: AgentId; readonly until: number }[];
  readonly preferred: AgentId | null;
  /** Came back from a lost agent: waits before all others (ROUTE-1). */
  readonly returned: boolean;
  readonly status: InteractionStatus;
  /** `since` is the seq of `customer-away`. */
  readonly presence:
    | { readonly name: 'here' }
    | { readonly name: 'away'; readonly since: number; readonly leftAt: number };
  readonly ownerAway: boolean;
  /** The owner, or the last one once it is queued or done again. */
  readonly lastOwner: AgentId | null;
  /** Counts memberships; the owner's is the newest. */
  readonly epoch: number;
};

export type InteractionStatus =
  | { readonly name: 'with-bot' }
  | { readonly name: 'queued' }
  | {
      readonly name: 'offered';
      readonly agent: AgentId;
      readonly offer: OfferId;
      readonly showBy: number;
      readonly answerBy: number | null;
    }
  | { readonly name: 'active'; readonly owner: AgentId; readonly epoch: number }
  | { readonly name: 'parked'; readonly owner: AgentId; readonly until: number }
  | {
      readonly name: 'wrapping';
      readonly owner: AgentId;
      readonly epoch: number;
      /** The seq of `ended`. */
      readonly since: number;
      readonly until: number | null;
    }
  | {
      readonly name: 'done';
      /** Null when nobody held it at the end: abandoned. */
      readonly owner: AgentId | null;
      readonly by: 'agent' | 'system' | 'customer';
    };

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
