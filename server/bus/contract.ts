import type { AgentId, CustomerId, InteractionId } from '../../protocol/ids.ts';

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
  /** These sockets must close: the sign-in was revoked, or another desk is the live one. */
  | { readonly type: 'session-over'; readonly session: string };
