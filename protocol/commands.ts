import * as v from 'valibot';
import { InteractionId, OfferId, QueueId } from './ids.ts';
import { limits } from './limits.ts';
import { Field, Language, MessageText, PageUrl, textUpTo } from './parts.ts';

/** What an agent may ask for. */
export const AgentCommand = v.variant('type', [
  /** To `not-ready` with open work it is pending (STATE-4); to `ready` it also takes a pending one back. */
  v.object({
    type: v.literal('set-status'),
    channel: v.literal('chat'),
    to: v.picklist(['ready', 'not-ready']),
    reason: v.nullable(v.string()),
  }),
  v.object({ type: v.literal('sign-out') }),
  /** The desk can show offers again after one was not shown (OFFER-4). */
  v.object({ type: v.literal('can-show') }),
  v.object({ type: v.literal('offer-shown'), interaction: InteractionId, offer: OfferId }),
  v.object({ type: v.literal('accept'), interaction: InteractionId, offer: OfferId }),
  v.object({ type: v.literal('reject'), interaction: InteractionId, offer: OfferId }),
  v.object({ type: v.literal('post'), interaction: InteractionId, text: MessageText }),
  v.object({ type: v.literal('end'), interaction: InteractionId }),
  v.object({
    type: v.literal('mark-done'),
    interaction: InteractionId,
    dispositions: v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(64))),
      v.maxLength(limits.dispositions),
    ),
    note: textUpTo(limits.noteBytes),
  }),
]);
export type AgentCommand = v.InferOutput<typeof AgentCommand>;

/** What a customer may ask for. */
export const CustomerCommand = v.variant('type', [
  /** Started twice, in two tabs or by a retry, it is one interaction (ROUTE-10). */
  v.object({
    type: v.literal('start'),
    queue: QueueId,
    language: Language,
    name: v.optional(Field),
    email: v.optional(Field),
    phone: v.optional(Field),
    subject: v.optional(Field),
    entryPage: v.optional(PageUrl),
  }),
  v.object({ type: v.literal('post'), interaction: InteractionId, text: MessageText }),
  v.object({ type: v.literal('leave'), interaction: InteractionId }),
]);
export type CustomerCommand = v.InferOutput<typeof CustomerCommand>;
