import type { QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import type { ScriptQuestion } from '../../protocol/wrap-up.ts';

/** What the deciders must know of a queue. Times in milliseconds; defaults in `server/centre/`. */
export type QueuePolicy = {
  /** As customers read it. */
  readonly name: string;
  readonly channels: readonly Channel[];
  /** Of who gives none; empty: none. */
  readonly subject: string;
  readonly priority: number;
  /** ROUTE-4: how long it waits for the last owner, and how long ago that may have been. */
  readonly preferredMs: number;
  readonly preferredWithinMs: number;
  /** ROUTE-6. */
  readonly overflow: { readonly afterMs: number; readonly queue: QueueId } | null;
  readonly leaveMessage: boolean;
  /** ROUTE-9. */
  readonly pick: boolean;
  /** Answered within this counts as on target. */
  readonly targetMs: number;
  /** OFFER-4: time to answer, and time to show. */
  readonly answerMs: number;
  readonly showMs: number;
  /** OFFER-6. */
  readonly onReject: 'requeue' | 'refused';
  readonly skipMs: number;
  readonly rejectsInRow: number;
  /** CHAT-12. */
  readonly customerLeftMs: number;
  /** HAND-2, and how long a request is open. */
  readonly transfer: 'on-acceptance' | 'immediate';
  readonly requestMs: number;
  /** END-7. */
  readonly parkMs: number;
  /** END-3; 0 is open. */
  readonly wrapUpMs: number;
  readonly wrapUpMoreMs: number;
  /** STATE-1: on these channels a wrap-up is the channel's status. */
  readonly wrapUpBlocks: readonly Channel[];
  readonly statusAfter: 'previous' | 'ready' | 'not-ready' | 'manual';
  /** HAND-4, HAND-7; 0: none. */
  readonly senderWrapUpMs: number;
  readonly guestWrapUpMs: number;
  /** END-2. */
  readonly dispositions: readonly string[];
  readonly dispositionRequired: boolean;
  readonly resolvedRequired: boolean;
  readonly script: readonly ScriptQuestion[];
  /** END-4: where Mark done may place it; empty: it ends. */
  readonly workflow: readonly QueueId[];
  /** CHAT-11: a bot comes first, for so long; null: none does. */
  readonly botMs: number | null;
  readonly texts: AutomaticTexts;
};

/** What is said by itself, by language; null: nothing. */
export type AutomaticTexts = {
  /** Of a text that isn't there in the customer's language. */
  readonly language: string;
  readonly waiting: Texts | null;
  /** CHAT-1. */
  readonly greeting: Texts | null;
  readonly farewell: Texts | null;
};
export type Texts = Readonly<Record<string, string>>;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What holds for an interaction whose queue is no longer in the centre's file: the defaults. */
export const closedQueue: QueuePolicy = {
  name: '',
  channels: ['chat', 'email'],
  subject: '',
  priority: 5,
  preferredMs: 15 * SECOND,
  preferredWithinMs: 24 * HOUR,
  overflow: null,
  leaveMessage: true,
  pick: true,
  targetMs: 20 * SECOND,
  answerMs: 45 * SECOND,
  showMs: 3 * SECOND,
  onReject: 'requeue',
  skipMs: 60 * SECOND,
  rejectsInRow: 3,
  customerLeftMs: 600 * SECOND,
  transfer: 'on-acceptance',
  requestMs: 45 * SECOND,
  parkMs: 7 * 24 * HOUR,
  wrapUpMs: 60 * SECOND,
  wrapUpMoreMs: 60 * SECOND,
  wrapUpBlocks: ['voice'],
  statusAfter: 'previous',
  senderWrapUpMs: 0,
  guestWrapUpMs: 30 * SECOND,
  dispositions: [],
  dispositionRequired: false,
  resolvedRequired: false,
  script: [],
  workflow: [],
  botMs: null,
  texts: { language: 'en', waiting: null, greeting: null, farewell: null },
};
