import type { QueueDoor } from '../../protocol/frames.ts';
import type { AgentId, CommandId, CustomerId, InteractionId } from '../../protocol/ids.ts';

/**
 * How nodes tell each other. Two kinds of telling, both at most once, both may be lost:
 * a nudge ("the log has grown to position p", costs latency when lost, never data) and
 * ephemeral frames (typing, marks, presence; may be lost and change no state).
 * A subscriber hears its own node's tellings too. Makers: local (one process), nats (cluster).
 */
export type Bus = {
  readonly nudge: (position: number) => void;
  /** Returns a function that ends the subscription. */
  readonly onNudge: (hear: (position: number) => void) => () => void;
  readonly tell: (ephemeral: Ephemeral) => void;
  readonly onTell: (hear: (ephemeral: Ephemeral) => void) => () => void;
  readonly close: () => Promise<void>;
};

export type Ephemeral =
  | {
      readonly type: 'typing';
      readonly interaction: InteractionId;
      readonly by: 'customer' | 'agent';
      readonly agent: AgentId | null;
      readonly name: string | null;
    }
  | {
      readonly type: 'marks';
      readonly interaction: InteractionId;
      readonly reader: 'customer' | AgentId;
      readonly delivered: number;
      readonly read: number;
    }
  | {
      readonly type: 'position';
      readonly interaction: InteractionId;
      readonly customer: CustomerId;
      readonly position: number | null;
      readonly estimateMs: number | null;
    }
  /** CHAT-17: for every desk of `to`. */
  | {
      readonly type: 'instant';
      readonly id: CommandId;
      readonly from: AgentId;
      readonly name: string;
      readonly to: AgentId;
      readonly text: string;
      readonly at: number;
    }
  /** For the desk of `to` that has sent it. */
  | { readonly type: 'instant-shown'; readonly id: CommandId; readonly to: AgentId }
  /** ROUTE-6: these have changed. */
  | { readonly type: 'queues'; readonly queues: readonly QueueDoor[] }
  /** These sockets must close: the sign-in was revoked, or another desk is the live one. */
  | { readonly type: 'session-over'; readonly session: string };
