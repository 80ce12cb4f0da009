import type { AgentCommand, CustomerCommand } from '../../protocol/commands.ts';
import type {
  AgentId,
  CommitmentId,
  CustomerId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
  RequestId,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Channel, Why } from '../../protocol/parts.ts';
import type { BotAnswer } from './bot.ts';

/**
 * What the system itself asks for: the router's answers, deadlines that came, sockets that came
 * and went. They pass through `handle` like anybody's. A `since` is the seq of the event that
 * began what is being ended (of `unreachable` in the agent's stream for `owner-away`, `owner-lost`
 * and `agent-gone`): when the state has moved on, the command does nothing.
 */
export type SystemCommand =
  | {
      readonly type: 'offer';
      readonly interaction: InteractionId;
      readonly agent: AgentId;
      readonly offer: OfferId;
      readonly why: Why;
    }
  | {
      readonly type: 'offer-not-shown';
      readonly interaction: InteractionId;
      readonly offer: OfferId;
    }
  | { readonly type: 'offer-expired'; readonly interaction: InteractionId; readonly offer: OfferId }
  | {
      readonly type: 'overflow';
      readonly interaction: InteractionId;
      readonly to: QueueId;
      readonly since: number;
    }
  | { readonly type: 'rescind'; readonly interaction: InteractionId; readonly offer: OfferId }
  | { readonly type: 'customer-gone'; readonly interaction: InteractionId }
  | { readonly type: 'customer-back'; readonly interaction: InteractionId }
  | { readonly type: 'customer-left'; readonly interaction: InteractionId; readonly since: number }
  | {
      readonly type: 'owner-away' | 'owner-lost';
      readonly interaction: InteractionId;
      readonly agent: AgentId;
      readonly since: number;
    }
  | { readonly type: 'owner-back'; readonly interaction: InteractionId; readonly agent: AgentId }
  | { readonly type: 'wrap-up-over'; readonly interaction: InteractionId; readonly since: number }
  | {
      readonly type: 'desk-connected';
      readonly agent: AgentId;
      readonly desk: DeskId;
      readonly claim: boolean;
    }
  | { readonly type: 'park-over'; readonly interaction: InteractionId; readonly since: number }
  | ({ readonly type: 'bot-says'; readonly interaction: InteractionId } & BotAnswer)
  | {
      readonly type: 'bot-over';
      readonly interaction: InteractionId;
      readonly since: number;
      readonly outcome: Extract<InteractionEvent, { type: 'bot-ended' }>['outcome'];
      /** For the agent; empty: none. */
      readonly note: string;
      /** Where to wait; null: where the customer came to. */
      readonly queue: QueueId | null;
      /** What the bot said last, or null. */
      readonly answer: BotAnswer | null;
    }
  /** END-6: a mail server has taken it, or it will never go out. `request`: the seq that asked. */
  | {
      readonly type: 'transcript-sent';
      readonly interaction: InteractionId;
      readonly request: number;
    }
  | {
      readonly type: 'transcript-failed';
      readonly interaction: InteractionId;
      readonly request: number;
      readonly why: Extract<InteractionEvent, { type: 'transcript-failed' }>['why'];
    }
  | {
      readonly type: 'commitment-due';
      readonly agent: AgentId;
      readonly commitment: CommitmentId;
    }
  | {
      readonly type: 'request-expired';
      readonly interaction: InteractionId;
      readonly request: RequestId;
    }
  /** Of one who isn't the owner; `since` as for `owner-lost`. */
  | {
      readonly type: 'member-lost';
      readonly interaction: InteractionId;
      readonly agent: AgentId;
      readonly since: number;
    }
  /** `since`: the seq of its beginning in the agent's stream. */
  | {
      readonly type: 'own-wrap-up-over';
      readonly interaction: InteractionId;
      readonly agent: AgentId;
      readonly since: number;
    }
  | {
      readonly type: 'status-time-over';
      readonly agent: AgentId;
      readonly channel: Channel;
      /** The time that is over: a status set since has another one. */
      readonly until: number;
    }
  | { readonly type: 'agent-silent'; readonly agent: AgentId }
  | { readonly type: 'agent-gone'; readonly agent: AgentId; readonly since: number };

export type Command = AgentCommand | CustomerCommand | SystemCommand;

/** Who asks. `name` is the display name that customers see. */
export type Actor =
  | {
      readonly kind: 'agent';
      readonly id: AgentId;
      readonly name: string;
      readonly role: 'agent' | 'supervisor' | 'admin';
    }
  | {
      readonly kind: 'customer';
      readonly id: CustomerId;
      /** Whose page they are on, of the centre's sites. */
      readonly site?: string;
    }
  | { readonly kind: 'system' };

/** The key under which a command id is unique. */
export const principalOf = (actor: Actor): string =>
  actor.kind === 'system' ? 'system' : `${actor.kind}:${actor.id}`;
