import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  lazy,
  literal,
  nullable,
  number,
  type ObjectEntries,
  object,
  optional,
  picklist,
  record,
  safeParse,
  string,
} from 'valibot';
import type { CommandId, InteractionId, QueueId, StreamName } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/**
 * What the customer's door sends, as far as a widget uses it. `protocol/frames.ts` says the same
 * in full; its schemas would take a quarter of the 20 kB that a first message may cost, so these
 * are cut to size, and test/widget/frames-down.test.ts holds them against the protocol's.
 * Ids and names of a newer server pass: they are only sent back, compared or shown as text.
 */
export type FrameDown = InferOutput<(typeof frames)[keyof typeof frames]>;

/** The frame in `text`: null when it is of a kind unknown here, `unreadable` when it should have been known. */
export function parseFrameDown(text: string): FrameDown | null | 'unreadable' {
  try {
    const value: unknown = JSON.parse(text);
    const type = typeOf(value);
    if (!Object.hasOwn(frames, type)) return type === '' ? 'unreadable' : null;
    const parsed = safeParse(frames[type as keyof typeof frames], value);
    return parsed.success ? parsed.output : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

const typeOf = (value: unknown): string =>
  String((value as { type?: unknown } | null | undefined)?.type ?? '');

const branded = <T extends string>() => string() as unknown as GenericSchema<unknown, T>;
const is = <T extends string, E extends ObjectEntries>(type: T, entries: E) =>
  object({ type: literal(type), ...entries });

const interaction = branded<InteractionId>();
const commandId = branded<CommandId>();
const by = picklist(['customer', 'customer-left', 'agent']);

const site = object({
  name: string(),
  accent: string(),
  queues: array(object({ id: branded<QueueId>(), name: string() })),
  form: array(
    object({ field: picklist(['name', 'email', 'phone', 'subject']), required: boolean() }),
  ),
});
export type Site = InferOutput<typeof site>;

/** The events that a customer sees something of. */
const events = {
  accepted: is('accepted', { name: string() }),
  'message-posted': is('message-posted', {
    author: object({ kind: picklist(['customer', 'agent', 'system']), name: optional(string()) }),
  }),
  'owner-away': is('owner-away', {}),
  'owner-returned': is('owner-returned', {}),
  'owner-lost': is('owner-lost', {}),
  ended: is('ended', { by }),
  abandoned: is('abandoned', { by }),
  'marked-done': is('marked-done', {}),
  'content-removed': is('content-removed', { seqs: array(number()) }),
};
/** Any other: of no interest here, or from a newer server; the cursor moves past it. */
const other = is('other', {});
export type HeardEvent = InferOutput<(typeof events)[keyof typeof events] | typeof other>;
const event = lazy((input): GenericSchema<unknown, HeardEvent> => {
  const type = typeOf(input);
  return Object.hasOwn(events, type)
    ? events[type as keyof typeof events]
    : (object({}) as unknown as typeof other);
});

const heard = object({
  seq: number(),
  at: number(),
  content: optional(nullable(record(string(), string()))),
  commandId: optional(commandId),
  event,
});
export type Heard = InferOutput<typeof heard>;

const part = object({ interaction, after: number(), upTo: number(), events: array(heard) });
export type HeardPart = InferOutput<typeof part>;

const frames = {
  welcome: is('welcome', { now: number(), site, interaction: nullable(interaction) }),
  batch: is('batch', { batch: number(), parts: array(part) }),
  ack: is('ack', { id: commandId, stream: branded<StreamName>(), seq: number() }),
  refused: is('refused', {
    id: nullable(commandId),
    refusal: branded<RefusalName>(),
    retryMs: nullable(number()),
  }),
  marks: is('marks', { interaction, reader: string(), delivered: number(), read: number() }),
  typing: is('typing', { interaction, by: string(), name: nullable(string()) }),
  heartbeat: is('heartbeat', { now: number() }),
  position: is('position', {
    interaction,
    position: nullable(number()),
    estimateMs: nullable(number()),
  }),
};
