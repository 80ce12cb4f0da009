import type { CommandId, InteractionId, QueueId, StreamName } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import {
  array,
  boolean,
  branded,
  nullable,
  number,
  type Of,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  string,
  typeOf,
  variant,
} from './shape.ts';

/**
 * What the customer's door sends, as far as a widget uses it. `protocol/frames.ts` says the same
 * in full; its schemas would take a quarter of the 20 kB that a first message may cost, so these
 * are cut to size, and test/widget/frames-down.test.ts holds them against the protocol's.
 */
export type FrameDown = Of<typeof frame>;
export type Site = Of<typeof site>;
export type HeardPart = Of<typeof part>;
export type Heard = Of<typeof heard>;
export type HeardEvent = Of<typeof event>;

/** The frame in `text`: null when it is of a kind unknown here, `unreadable` when it should have been known. */
export function parseFrameDown(text: string): FrameDown | null | 'unreadable' {
  try {
    const value: unknown = JSON.parse(text);
    if (frame(value)) return value;
    const type = typeOf(value);
    return type !== '' && !Object.hasOwn(frames, type) ? null : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

const interaction = branded<InteractionId>();
const commandId = branded<CommandId>();
const by = oneOf('customer', 'customer-left', 'agent');

const site = object({
  name: string,
  accent: string,
  queues: array(object({ id: branded<QueueId>(), name: string })),
  form: array(object({ field: oneOf('name', 'email', 'phone', 'subject'), required: boolean })),
});

/** `was` is said of one who was in it before. */
const becomesOwner = { name: string, was: optional(nullable(string)) };

/** The events that a customer sees something of. */
const events = {
  accepted: becomesOwner,
  'message-posted': {
    author: object({ kind: oneOf('customer', 'agent', 'bot', 'system'), name: optional(string) }),
  },
  'owner-away': {},
  'owner-returned': {},
  'owner-lost': {},
  joined: { name: string },
  left: { name: string },
  'owner-changed': becomesOwner,
  ended: { by },
  abandoned: { by },
  'marked-done': {},
  'content-removed': { seqs: array(number) },
};
const known = variant(events);
/** Any other is of no interest here, or from a newer server; the cursor moves past it. */
const event = ((value) =>
  known(value) || (typeOf(value) !== '' && !Object.hasOwn(events, typeOf(value)))) as Shape<
  Of<typeof known> | { readonly type: 'other' }
>;

const heard = object({
  seq: number,
  at: number,
  content: optional(nullable(record(string))),
  commandId: optional(commandId),
  event,
});

const part = object({ interaction, after: number, upTo: number, events: array(heard) });

const frames = {
  welcome: { now: number, site, interaction: nullable(interaction) },
  batch: { batch: number, parts: array(part) },
  ack: { id: commandId, stream: branded<StreamName>(), seq: number },
  refused: {
    id: nullable(commandId),
    refusal: branded<RefusalName>(),
    retryMs: nullable(number),
  },
  marks: { interaction, reader: string, delivered: number, read: number },
  typing: { interaction, by: string, name: nullable(string) },
  heartbeat: { now: number },
  queues: {},
  position: { interaction, position: nullable(number), estimateMs: nullable(number) },
};
const frame = variant(frames);
