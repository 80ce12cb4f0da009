import * as v from 'valibot';
import { AgentId, InteractionId, QueueId } from './ids.ts';
import { Channel, Language, Time } from './parts.ts';

/** What a desk may ask. */
export const Question = v.variant('type', [
  /** The first who wait in a queue (ROUTE-9). */
  v.object({ type: v.literal('waiting'), queue: QueueId }),
  /** Why this one still waits, or who could get it (ROUTE-8). */
  v.object({ type: v.literal('explain'), interaction: InteractionId }),
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

export const Answer = v.variant('type', [
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
