import type { QueueId } from '../../protocol/ids.ts';
import type { ScriptQuestion } from '../../protocol/wrap-up.ts';

/** What the deciders must know of a queue. Times in milliseconds; defaults in `server/centre/`. */
export type QueuePolicy = {
  readonly priority: number;
  /** OFFER-4: time to answer, and time to show. */
  readonly answerMs: number;
  readonly showMs: number;
  /** OFFER-6. */
  readonly onReject: 'requeue' | 'refused';
  readonly skipMs: number;
  readonly rejectsInRow: number;
  /** CHAT-12. */
  readonly customerLeftMs: number;
  /** END-3; 0 is open. */
  readonly wrapUpMs: number;
  readonly dispositions: readonly string[];
  readonly dispositionRequired: boolean;
  readonly resolvedRequired: boolean;
  readonly script: readonly ScriptQuestion[];
  /** END-4: where Mark done may place it; empty: it ends. */
  readonly workflow: readonly QueueId[];
  /** END-7: the longest time in the workbin. */
  readonly parkMs: number;
  /** CHAT-11: a bot comes first, for so long; null: none does. */
  readonly botMs: number | null;
};

/** What holds for an interaction whose queue is no longer in the centre's file: the defaults. */
export const closedQueue: QueuePolicy = {
  priority: 5,
  answerMs: 45_000,
  showMs: 3_000,
  onReject: 'requeue',
  skipMs: 60_000,
  rejectsInRow: 3,
  customerLeftMs: 600_000,
  wrapUpMs: 60_000,
  dispositions: [],
  dispositionRequired: false,
  resolvedRequired: false,
  script: [],
  workflow: [],
  parkMs: 7 * 86_400_000,
  botMs: null,
};

/** What the deciders must know of an agent. */
export type AgentPolicy = {
  /** CAP-2. */
  readonly chatLimit: number;
  /** `ringsAtOnce` of OFFER-1. */
  readonly ringsAtOnce: number;
  /** STATE-4. */
  readonly pendingNotReady: boolean;
};
