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
