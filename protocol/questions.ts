import * as v from 'valibot';
import { AgentId, InteractionId, QueueId, RequestId } from './ids.ts';
import { Role } from './members.ts';
import { Channel, Content, Language, Seq, Time } from './parts.ts';
import { InteractionStreamEvent } from './stream-events.ts';

/** What a desk may ask. */
export const Question = v.variant('type', [
  /** The first who wait in a queue (ROUTE-9). */
  v.object({ type: v.literal('waiting'), queue: QueueId }),
  /** Why this one still waits, or who could get it (ROUTE-8). */
  v.object({ type: v.literal('explain'), interaction: InteractionId }),
  /**
   * HAND-6: what the asker's interaction holds after `after`, as long as the request is open, seen
   * as one would who has accepted it.
   */
  v.object({
    type: v.literal('preview'),
    interaction: InteractionId,
    request: RequestId,
    after: Seq,
  }),
  /** A supervisor's: what an agent has in hand, from the n-th on; listening (HAND-7) begins here. */
  v.object({
    type: v.literal('holding'),
    agent: AgentId,
    from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** All the words of an event in the asker's own stream, of which a snapshot had the beginning. */
  v.object({ type: v.literal('words'), seq: Seq }),
  /** An admin's: the centre's file is read anew. */
  v.object({ type: v.literal('reload-centre') }),
]);
export type Question = v.InferOutput<typeof Question>;

/** Facts only: what people wrote is read by members. */
export const WaitingRow = v.object({
  interaction: InteractionId,
  channel: Channel,
  language: Language,
  priority: v.number(),
  enqueuedAt: Time,
  /** The step that holds now (ROUTE-2). */
  step: v.number(),
  /** Came back from a lost agent. */
  returned: v.boolean(),
});
export type WaitingRow = v.InferOutput<typeof WaitingRow>;

/** How an agent stands to a waiting interaction. */
export const Verdict = v.picklist([
  'available',
  'skills',
  'channel',
  'skipped',
  'kept-for-another',
  'signed-out',
  'unreachable',
  'not-ready',
  'cannot-show',
  'no-room',
  'on-a-call',
  'do-not-disturb',
  'ringing',
]);
export type Verdict = v.InferOutput<typeof Verdict>;

export const Explanation = v.object({
  type: v.literal('explain'),
  interaction: InteractionId,
  step: v.number(),
  /** When the next step begins; null: this is the last. */
  nextStepAt: v.nullable(Time),
  /** In the order in which they would be asked, the others behind; cut after the first 200. */
  agents: v.array(v.object({ agent: AgentId, name: v.string(), verdict: Verdict })),
  /** Everybody counted. */
  counts: v.record(v.string(), v.number()),
});
export type Explanation = v.InferOutput<typeof Explanation>;

/** One piece of an agent's work (CAP-1); facts only, as of what waits. */
export const HeldRow = v.object({
  interaction: InteractionId,
  channel: Channel,
  phase: v.picklist(['offered', 'active', 'parked', 'wrapping', 'own-wrap-up']),
  /** Null: not in it, yet or any more. */
  role: v.nullable(Role),
  /** Null, both: it is over, but for an own wrap-up. */
  queue: v.nullable(QueueId),
  startedAt: v.nullable(Time),
});
export type HeldRow = v.InferOutput<typeof HeldRow>;

export const Answer = v.variant('type', [
  v.object({
    type: v.literal('preview'),
    interaction: InteractionId,
    request: RequestId,
    after: Seq,
    /** The next question's `after`. */
    upTo: Seq,
    /** Seqs may be missing in between, as in a batch. */
    events: v.array(InteractionStreamEvent),
    /** There is more after `upTo`. */
    more: v.boolean(),
  }),
  v.object({
    type: v.literal('holding'),
    agent: AgentId,
    from: v.number(),
    /** In the order in which they came to the agent. */
    rows: v.array(HeldRow),
    /** All there are. */
    count: v.number(),
  }),
  /** Null: they were removed. */
  v.object({ type: v.literal('words'), seq: Seq, content: v.nullable(Content) }),
  v.object({
    type: v.literal('waiting'),
    queue: QueueId,
    rows: v.array(WaitingRow),
    /** All who wait there, the rows included. */
    count: v.number(),
  }),
  Explanation,
  v.object({
    type: v.literal('reload-centre'),
    /** Refused: the set-up stays as it was. */
    outcome: v.picklist(['in-force', 'refused']),
    /** One line: file, line, column and what was expected there. */
    why: v.nullable(v.string()),
  }),
]);
export type Answer = v.InferOutput<typeof Answer>;
