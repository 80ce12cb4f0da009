import * as v from 'valibot';
import { AgentSnapshot } from './agent-events.ts';
import { Ability, CentreCard, Limits, SiteCard } from './cards.ts';
import { AgentCommand, CustomerCommand } from './commands.ts';
import { DirectoryRow, DirectoryView } from './directory.ts';
import { AgentId, CommandId, DeskId, InteractionId, QueueId, StreamName } from './ids.ts';
import { limits } from './limits.ts';
import { Field, MessageText, Seq, Time } from './parts.ts';
import { Answer, Question } from './questions.ts';
import { RefusalName } from './refusals.ts';
import { AgentStreamEvent, InteractionStreamEvent } from './stream-events.ts';

/* ── up: what both doors take ─────────────────────────────────────────────────────────── */

export const Cursor = v.object({ interaction: InteractionId, epoch: v.number(), seq: Seq });
export type Cursor = v.InferOutput<typeof Cursor>;

/** The batch is on the reader's disk; the next may come. */
const Got = v.object({ type: v.literal('got'), batch: v.number() });
/** A gap was found: send this stream again, from after this seq. */
const From = v.object({
  type: v.literal('from'),
  stream: StreamName,
  epoch: v.number(),
  after: Seq,
});
/** A person has seen everything up to `seq`. */
const Read = v.object({ type: v.literal('read'), interaction: InteractionId, seq: Seq });
const Typing = v.object({ type: v.literal('typing'), interaction: InteractionId });
const Heartbeat = v.object({ type: v.literal('heartbeat') });

/* ── up: the agent's door ─────────────────────────────────────────────────────────────── */

const AgentHello = v.object({
  type: v.literal('hello'),
  protocol: v.number(),
  token: v.pipe(v.string(), v.maxLength(limits.tokenCharacters)),
  desk: DeskId,
  /** True after a sign-in or "take back": this desk becomes the live one (STATE-11). */
  claim: v.boolean(),
  /** The last seq of the agent's stream on this desk, 0 for none. */
  agentSeq: Seq,
  cursors: v.pipe(v.array(Cursor), v.maxLength(limits.cursors)),
});
const AgentCommandFrame = v.object({
  type: v.literal('command'),
  id: CommandId,
  command: AgentCommand,
});
/** Asks for something that is computed when asked and stored nowhere; answered, or refused, under its id. */
const Ask = v.object({ type: v.literal('ask'), id: CommandId, question: Question });
/** CHAT-17: a word to a colleague, live only. Answered by `instant-shown`, or refused under its id. */
const Instant = v.object({
  type: v.literal('instant'),
  id: CommandId,
  to: AgentId,
  text: MessageText,
});
/** HAND-1: what this desk shows of the directory; null: nothing any more. */
const Directory = v.object({ type: v.literal('directory'), show: v.nullable(DirectoryView) });
/** A person can see the colleague's word; and to its sender: the colleague can. */
const InstantShown = v.object({ type: v.literal('instant-shown'), id: CommandId });
export const AgentFrameUp = v.variant('type', [
  AgentHello,
  AgentCommandFrame,
  Ask,
  Instant,
  InstantShown,
  Directory,
  Got,
  From,
  Read,
  Typing,
  Heartbeat,
]);
export type AgentFrameUp = v.InferOutput<typeof AgentFrameUp>;

/* ── up: the customer's door ──────────────────────────────────────────────────────────── */

const CustomerHello = v.object({
  type: v.literal('hello'),
  protocol: v.number(),
  /** 32 random bytes as base64url, made by the widget and never sent back. */
  secret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  /** The site's id in the centre's file. */
  site: Field,
  /** What this tab already holds; null for nothing. */
  cursor: v.nullable(v.object({ interaction: InteractionId, seq: Seq })),
});
const CustomerCommandFrame = v.object({
  type: v.literal('command'),
  id: CommandId,
  command: CustomerCommand,
});
export const CustomerFrameUp = v.variant('type', [
  CustomerHello,
  CustomerCommandFrame,
  Got,
  From,
  Read,
  Typing,
  Heartbeat,
]);
export type CustomerFrameUp = v.InferOutput<typeof CustomerFrameUp>;

/* ── down ─────────────────────────────────────────────────────────────────────────────── */

/**
 * A piece of one stream: everything this reader may see after `after` up to `upTo`. Seqs may be
 * missing in between (the reader may not see them); `after` must be the reader's cursor, else
 * it is a duplicate (upTo ≤ cursor) or a gap (after > cursor).
 */
const part = { epoch: v.number(), after: Seq, upTo: Seq };
const AgentPart = v.object({ ...part, of: v.literal('agent'), events: v.array(AgentStreamEvent) });
const InteractionPart = v.object({
  ...part,
  of: v.literal('interaction'),
  interaction: InteractionId,
  events: v.array(InteractionStreamEvent),
});
export const BatchPart = v.variant('of', [AgentPart, InteractionPart]);
export type BatchPart = v.InferOutput<typeof BatchPart>;

/** Apply the parts in their order, in one transaction, then answer `got`. */
export const Batch = v.object({
  type: v.literal('batch'),
  batch: v.number(),
  parts: v.array(BatchPart),
});
export type Batch = v.InferOutput<typeof Batch>;

/** Stored. `seq` is the last event's in `stream`. */
const Ack = v.object({ type: v.literal('ack'), id: CommandId, stream: StreamName, seq: Seq });
/** A no: to the command or question with this id, or to a frame (id null). */
const Refused = v.object({
  type: v.literal('refused'),
  id: v.nullable(CommandId),
  refusal: RefusalName,
  /** After a final refusal the row is over; else it is sent again after this time. */
  retryMs: v.nullable(v.number()),
});
/** High-water marks of the other side; monotonic, coalesced, may be repeated. */
const Marks = v.object({
  type: v.literal('marks'),
  interaction: InteractionId,
  reader: v.picklist(['customer', 'agent']),
  delivered: Seq,
  read: Seq,
});
const TypingDown = v.object({
  type: v.literal('typing'),
  interaction: InteractionId,
  by: v.picklist(['customer', 'agent']),
  name: v.nullable(v.string()),
});
/** `now` is server time; it is the only clock that deadlines and ages are compared with. */
const HeartbeatDown = v.object({ type: v.literal('heartbeat'), now: Time });
/** ROUTE-7: position null when it is beyond 50, estimate null below 5 samples. */
const Position = v.object({
  type: v.literal('position'),
  interaction: InteractionId,
  position: v.nullable(v.number()),
  estimateMs: v.nullable(v.number()),
});
/** ROUTE-6: what the customer may hope for. `unstaffed`: open, but nobody who serves it is signed in. */
export const QueueDoor = v.object({
  queue: QueueId,
  state: v.picklist(['open', 'closed', 'unstaffed']),
  canLeaveMessage: v.boolean(),
});
export type QueueDoor = v.InferOutput<typeof QueueDoor>;
/** Some of them have changed. Ephemeral; the next welcome says it again. */
const QueueDoors = v.object({ type: v.literal('queues'), queues: v.array(QueueDoor) });

/** What the set-up says of the agent who is signed in. */
const AgentFacts = {
  agent: v.object({
    id: AgentId,
    name: v.string(),
    role: v.picklist(['agent', 'supervisor', 'admin']),
    abilities: v.array(Ability),
    teams: v.array(v.string()),
  }),
  limits: Limits,
  centre: CentreCard,
};
/** The centre's set-up has changed: what a welcome says of it, anew. */
const CentreDown = v.object({ type: v.literal('centre'), ...AgentFacts });
export type CentreFrame = v.InferOutput<typeof CentreDown>;

const AgentWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  now: Time,
  ...AgentFacts,
  /** Null: the desk's cursor was good, the missing events follow as batches. */
  snapshot: v.nullable(AgentSnapshot),
});
export type AgentWelcome = v.InferOutput<typeof AgentWelcome>;
/** CHAT-17: a colleague's word; answer `instant-shown` once it is on a screen. */
const InstantDown = v.object({
  type: v.literal('instant'),
  id: CommandId,
  from: AgentId,
  name: v.string(),
  text: v.string(),
  at: Time,
});
/** HAND-1: the rows that the desk shows, when they have changed. */
const DirectoryDown = v.object({
  type: v.literal('directory'),
  /** What they answer. */
  show: DirectoryView,
  /** All that the search finds. */
  total: v.number(),
  rows: v.array(DirectoryRow),
});
export type DirectoryFrame = v.InferOutput<typeof DirectoryDown>;
const AnswerDown = v.object({ type: v.literal('answer'), id: CommandId, answer: Answer });
export const AgentFrameDown = v.variant('type', [
  AgentWelcome,
  Batch,
  AnswerDown,
  Ack,
  Refused,
  Marks,
  TypingDown,
  HeartbeatDown,
  CentreDown,
  InstantDown,
  InstantShown,
  DirectoryDown,
]);
export type AgentFrameDown = v.InferOutput<typeof AgentFrameDown>;

const CustomerWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  now: Time,
  site: SiteCard,
  /** One for each queue of the site. */
  queues: v.array(QueueDoor),
  /** The customer's open interaction, or null. */
  interaction: v.nullable(InteractionId),
});
export type CustomerWelcome = v.InferOutput<typeof CustomerWelcome>;
export const CustomerFrameDown = v.variant('type', [
  CustomerWelcome,
  Batch,
  Ack,
  Refused,
  Marks,
  TypingDown,
  HeartbeatDown,
  Position,
  QueueDoors,
]);
export type CustomerFrameDown = v.InferOutput<typeof CustomerFrameDown>;
