import type {
  AgentId,
  CustomerId,
  InteractionId,
  OfferId,
  QueueId,
  RequestId,
} from '../../protocol/ids.ts';
import type { WaitingTarget } from '../../protocol/interaction-events.ts';
import type { MemberRole, RequestKind, Role } from '../../protocol/members.ts';
import type { Channel } from '../../protocol/parts.ts';

/**
 * An interaction, folded from its stream.
 *
 *  start ─► with-bot
 *    │         │ bot ended
 *    │         ▼      ┌──── rejected, expired, rescinded, not shown ────┐
 *    │         ▼      ▼                                                 │
 *    └───────► queued ───────────────── offer ─────────────────► offered
 *             ▲ ▲ ▲ │                                              │   │
 *             │ │ │ └─ customer leaves ─► done (abandoned) ◄───────┘   │ accept
 *             │ │ │                                                    ▼
 *             │ │ └────────────── owner lost ◄──────────────────── active ◄─┐
 *             │ └── customer replies ── parked ◄────── park ─────────┤ │    │ unpark
 *             │                           └─────────────────────────┼─┼────┘
 *             │                           └─ time over ─► done       │ │ end, customer leaves
 *             └── placed as a work item ── wrapping ◄────────────────┴─┘
 *                                             └─ mark done, wrap-up over ─► done
 */
export type InteractionState = {
  readonly id: InteractionId;
  readonly customer: CustomerId;
  /** A call added to a chat is a second leg. */
  readonly legs: readonly { readonly channel: Channel }[];
  readonly language: string;
  /** Of the centre's; null: unknown. */
  readonly site: string | null;
  readonly queue: QueueId;
  readonly startedAt: number;
  readonly priority: number;
  readonly enqueuedAt: number;
  readonly skipped: readonly { readonly agent: AgentId; readonly until: number }[];
  readonly preferred: AgentId | null;
  /** Null: as long as it waits (ROUTE-4). */
  readonly preferredUntil: number | null;
  /** Since it came into this queue: the event that brought it and its time. An offer's end keeps it. */
  readonly entered: { readonly seq: number; readonly at: number };
  /** HAND-2: whom it waits for, beyond what the queue asks. */
  readonly target: WaitingTarget | null;
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
  /** Counts memberships. */
  readonly epoch: number;
  readonly tags: readonly string[];
  /** The seq of `placed`: from there on it is work, and nothing of the customer's (END-4). */
  readonly placedAt: number | null;
  /** Everybody beside the owner, in the order in which they came; only while it is active. */
  readonly members: readonly Member[];
  /** What the owner has asked colleagues, unanswered; only while it is active. */
  readonly requests: readonly Request[];
  /** Those who left and still write a note. */
  readonly ownWrapUps: readonly AgentId[];
  /** END-6: transcripts that are asked for and not sent yet, by the seqs that asked. */
  readonly transcripts: readonly number[];
};

export type Member = {
  readonly agent: AgentId;
  readonly name: string;
  readonly role: MemberRole;
  readonly epoch: number;
  /** When they first came, whatever their role was then (HAND-8). */
  readonly since: number;
};

export type Request = {
  readonly request: RequestId;
  readonly kind: RequestKind;
  readonly from: AgentId;
  readonly to: AgentId;
  readonly until: number;
};

export type InteractionStatus =
  | {
      readonly name: 'with-bot';
      /** The seq of `bot-started`. */
      readonly since: number;
      readonly until: number;
      /** The seq that the bot has answered last; 0 for none. */
      readonly answered: number;
    }
  | { readonly name: 'queued' }
  | {
      readonly name: 'offered';
      readonly agent: AgentId;
      readonly offer: OfferId;
      readonly showBy: number;
      readonly answerBy: number | null;
    }
  | { readonly name: 'active'; readonly owner: AgentId; readonly epoch: number }
  | {
      readonly name: 'parked';
      readonly owner: AgentId;
      readonly epoch: number;
      /** The seq of `parked`. */
      readonly since: number;
      readonly until: number;
    }
  | {
      readonly name: 'wrapping';
      readonly owner: AgentId;
      readonly epoch: number;
      /** The seq of `ended`, or of the last extension. */
      readonly since: number;
      readonly until: number | null;
    }
  | {
      readonly name: 'done';
      /** Null when nobody held it at the end: abandoned. */
      readonly owner: AgentId | null;
      readonly by: 'agent' | 'system' | 'customer';
      readonly at: number;
    };

/** The channel that routing and capacity count: the newest leg's. */
export const channelOf = (state: Pick<InteractionState, 'legs'>): Channel =>
  state.legs.at(-1)?.channel ?? 'chat';

/** Does the customer wait at the other end? What is written ahead waits without them. */
export const isLive = (state: Pick<InteractionState, 'legs'>): boolean =>
  isLiveChannel[channelOf(state)];

const isLiveChannel: Readonly<Record<Channel, boolean>> = {
  chat: true,
  voice: true,
  messaging: true,
  email: false,
  'work-item': false,
};

/** Its customer is talking, or waits to: they have no second one beside it (ROUTE-10). */
export const isTalking = ({ status, placedAt }: Pick<InteractionState, 'status' | 'placedAt'>) =>
  status.name !== 'done' && status.name !== 'wrapping' && placedAt === null;

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

/** The role in which an agent is in it; the last owner of what is done keeps theirs. */
export function roleOf(state: InteractionState, agent: AgentId): Role | null {
  const { status } = state;
  if (status.name === 'done') return status.owner === agent ? 'owner' : null;
  if (status.name !== 'offered' && holderOf(state) === agent) return 'owner';
  return memberOf(state, agent)?.role ?? null;
}

export const memberOf = (state: InteractionState, agent: AgentId): Member | null =>
  state.members.find((one) => one.agent === agent) ?? null;

export const requestOf = (state: InteractionState, request: RequestId): Request | null =>
  state.requests.find((one) => one.request === request) ?? null;
