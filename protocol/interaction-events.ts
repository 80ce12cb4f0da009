import * as v from 'valibot';
import { FileFacts } from './files.ts';
import { AgentId, CustomerId, OfferId, QueueId, RequestId, SkillId, TeamId } from './ids.ts';
import {
  LeftReason,
  MemberRole,
  OwnerChangedReason,
  RequestKind,
  RequestOutcome,
  Role,
} from './members.ts';
import { Channel, Language, Seq, Time, Why } from './parts.ts';

/** Who wrote a message. The agent's display name is set-up data; it stands here so that the transcript never changes. */
export const Author = v.variant('kind', [
  v.object({ kind: v.literal('customer') }),
  v.object({ kind: v.literal('agent'), agent: AgentId, name: v.string() }),
  /** `answers`: the seq of what the bot was asked with; its next answer is to a later one. */
  v.object({ kind: v.literal('bot'), name: v.string(), answers: Seq }),
  v.object({ kind: v.literal('system') }),
]);
export type Author = v.InferOutput<typeof Author>;

export const OfferOutcome = v.picklist([
  'accepted',
  'rejected',
  'expired',
  'rescinded',
  'not-shown',
  'abandoned',
]);
export type OfferOutcome = v.InferOutput<typeof OfferOutcome>;

/** HAND-2: where a transfer goes. A supervisor is an agent who is one. */
export const TransferTarget = v.variant('kind', [
  v.object({ kind: v.literal('agent'), agent: AgentId }),
  v.object({ kind: v.literal('queue'), queue: QueueId }),
  v.object({ kind: v.literal('team'), team: TeamId }),
  v.object({ kind: v.literal('skill'), skill: SkillId }),
]);
export type TransferTarget = v.InferOutput<typeof TransferTarget>;

/** Whom a waiting interaction is meant for, beyond what its queue asks. */
export const WaitingTarget = v.variant('kind', [
  v.object({ kind: v.literal('team'), team: TeamId }),
  v.object({ kind: v.literal('skill'), skill: SkillId }),
]);
export type WaitingTarget = v.InferOutput<typeof WaitingTarget>;

/**
 * What may stand in an interaction's stream. No text written by people: that is the event's
 * content, named in the comment.
 */
export const InteractionEvent = v.variant('type', [
  /**
   * content: name, email, phone, subject, entryPage (each optional); `verifiedId` (SITE/ID) and
   * `verified` (which of the fields, with spaces) where the site vouches for them
   */
  v.object({
    type: v.literal('started'),
    channel: Channel,
    customer: CustomerId,
    queue: QueueId,
    language: Language,
    /** On which of the centre's sites; absent where an older program stored it. */
    site: v.optional(v.string()),
  }),
  v.object({
    type: v.literal('queued'),
    queue: QueueId,
    /** 10 first. */
    priority: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
    /** The age counts from here; a requeue keeps it. */
    enqueuedAt: Time,
    reason: v.picklist([
      'started',
      'rejected',
      'expired',
      'rescinded',
      'not-shown',
      'owner-lost',
      'bot',
      'workflow',
      'replied',
      'overflow',
      'message-left',
      'transferred',
    ]),
    /** Rejected by these agents until then (OFFER-6). */
    skipped: v.array(v.object({ agent: AgentId, until: Time })),
    preferred: v.nullable(AgentId),
    /** Kept for them until then (ROUTE-4); null: as long as it waits. */
    preferredUntil: v.nullable(Time),
    /** HAND-2: only agents of this team, or with this skill. */
    target: v.nullable(WaitingTarget),
  }),
  v.object({ type: v.literal('offered'), offer: OfferId, agent: AgentId, showBy: Time, why: Why }),
  v.object({ type: v.literal('offer-shown'), offer: OfferId, agent: AgentId, answerBy: Time }),
  v.object({
    type: v.literal('offer-ended'),
    offer: OfferId,
    agent: AgentId,
    outcome: OfferOutcome,
  }),
  v.object({
    type: v.literal('accepted'),
    /** Null: picked by hand (ROUTE-9). */
    offer: v.nullable(OfferId),
    agent: AgentId,
    name: v.string(),
    /** The owner's membership epoch (see architecture: "What a reader holds"). */
    epoch: v.number(),
  }),
  /**
   * ROUTE-6: who waited leaves a message instead: it is an e-mail from here on.
   * content: name, email, phone, subject (each optional)
   */
  v.object({ type: v.literal('message-left') }),
  /**
   * content: text; of a bot also `buttons`: JSON, a list of {title, payload}; for each file its
   * name, `file:<id>`; with a page also `page`, its address. Where the guard has masked something,
   * also `masked`: its entities with blanks between; so with notes and side talk.
   */
  v.object({
    type: v.literal('message-posted'),
    author: Author,
    /** Left out: none. */
    files: v.optional(v.array(FileFacts)),
    /** CHAT-7: the customer's own tab goes to the page, or a card with a button offers it. */
    page: v.optional(v.picklist(['tab', 'card'])),
  }),
  /** The last socket of all tabs closed; the customer counts as left at `leftAt`. */
  v.object({ type: v.literal('customer-away'), leftAt: Time }),
  v.object({ type: v.literal('customer-returned') }),
  v.object({ type: v.literal('owner-away'), agent: AgentId }),
  v.object({ type: v.literal('owner-returned'), agent: AgentId }),
  v.object({ type: v.literal('owner-lost'), agent: AgentId }),
  /** The talk is over, wrap-up begins. `until` null: open wrap-up. */
  v.object({
    type: v.literal('ended'),
    by: v.picklist(['customer', 'customer-left', 'agent']),
    wrapUpUntil: v.nullable(Time),
  }),
  /** Over before anybody answered (OFFER-7). */
  v.object({ type: v.literal('abandoned'), by: v.picklist(['customer', 'customer-left']) }),
  /** END-3: it was about to be over, or never is (null). */
  v.object({ type: v.literal('wrap-up-extended'), until: v.nullable(Time) }),
  /** content: note, and `answer:<question>` for each answer (all optional) */
  v.object({
    type: v.literal('marked-done'),
    by: v.picklist(['agent', 'system']),
    dispositions: v.array(v.string()),
    /** By the system, with something missing that the queue asks for. */
    incomplete: v.boolean(),
    resolved: v.nullable(v.boolean()),
    sendTranscript: v.boolean(),
  }),
  /** END-9: what the last owner had written before the system closed it. Content as of `marked-done`. */
  v.object({
    type: v.literal('amended'),
    agent: AgentId,
    dispositions: v.array(v.string()),
    resolved: v.nullable(v.boolean()),
    sendTranscript: v.boolean(),
  }),
  /** END-4: it goes on as a work item; what follows is nothing of the customer's. */
  v.object({ type: v.literal('placed'), queue: QueueId }),
  /** content: text; internal (CHAT-16) */
  v.object({ type: v.literal('note-added'), author: Author }),
  v.object({ type: v.literal('tags-set'), author: Author, tags: v.array(v.string()) }),
  /** content: the keys and values that were set; an empty value took its key away */
  v.object({ type: v.literal('data-set'), author: Author }),
  /** END-7. */
  v.object({ type: v.literal('parked'), agent: AgentId, until: Time }),
  v.object({
    type: v.literal('unparked'),
    agent: AgentId,
    by: v.picklist(['agent', 'reply', 'system']),
  }),
  /** CHAT-11: a bot talks to the customer first, at most until then. */
  v.object({ type: v.literal('bot-started'), until: Time }),
  /** content: note (optional), for the agent */
  v.object({
    type: v.literal('bot-ended'),
    outcome: v.picklist(['handed-over', 'failed', 'time-out']),
  }),
  /**
   * An owner asks a colleague. content, the hand-over parcel (HAND-3): note, draft, dispositions
   * (ids between spaces), each optional
   */
  v.object({
    type: v.literal('requested'),
    request: RequestId,
    kind: RequestKind,
    from: AgentId,
    to: AgentId,
    toName: v.string(),
    until: Time,
    /** The colleague is a supervisor. */
    supervisor: v.boolean(),
  }),
  v.object({
    type: v.literal('request-ended'),
    request: RequestId,
    kind: RequestKind,
    to: AgentId,
    outcome: RequestOutcome,
  }),
  /** It leaves its owner without waiting for anybody's yes. content: the parcel, as in `requested` */
  v.object({ type: v.literal('transferred'), from: AgentId, to: TransferTarget }),
  /** `was`: their role until now, null for somebody who comes from outside. */
  v.object({
    type: v.literal('joined'),
    agent: AgentId,
    name: v.string(),
    role: MemberRole,
    was: v.nullable(Role),
    epoch: v.number(),
  }),
  v.object({
    type: v.literal('left'),
    agent: AgentId,
    name: v.string(),
    role: MemberRole,
    reason: LeftReason,
  }),
  /**
   * `name` is the new owner's; `was`: their role until now, null for somebody who comes from
   * outside (and where an older program stored it).
   */
  v.object({
    type: v.literal('owner-changed'),
    from: AgentId,
    to: AgentId,
    name: v.string(),
    epoch: v.number(),
    reason: OwnerChangedReason,
    was: v.optional(v.nullable(Role), null),
  }),
  /** The own, short wrap-up of one who left: the sender of a transfer, a guest. */
  v.object({ type: v.literal('own-wrap-up-started'), agent: AgentId, until: Time }),
  /** content: note (optional) */
  v.object({
    type: v.literal('own-wrap-up-ended'),
    agent: AgentId,
    by: v.picklist(['agent', 'system']),
  }),
  /** Between the owner of that moment and one colleague; nobody else sees it. content: text */
  v.object({
    type: v.literal('side-message-posted'),
    author: v.object({ agent: AgentId, name: v.string() }),
    owner: AgentId,
    with: AgentId,
  }),
  /** END-6: it goes out by e-mail, as the customer could see it up to here. content: email */
  v.object({
    type: v.literal('transcript-requested'),
    author: Author,
    /** `known`: the customer has given it themselves, in the form. */
    address: v.picklist(['known', 'unverified']),
  }),
  /** `request`: the seq of `transcript-requested`. A mail server has taken it. */
  v.object({ type: v.literal('transcript-sent'), request: Seq }),
  v.object({
    type: v.literal('transcript-failed'),
    request: Seq,
    /** The mail server doesn't take it; none could be reached for a day; its address was removed. */
    why: v.picklist(['refused', 'unreachable', 'removed']),
  }),
  /** The words of these events were blanked; every reader drops them. */
  v.object({ type: v.literal('content-removed'), seqs: v.array(Seq) }),
]);
export type InteractionEvent = v.InferOutput<typeof InteractionEvent>;
