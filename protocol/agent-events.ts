import * as v from 'valibot';
import {
  AgentId,
  CommitmentId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
  RequestId,
} from './ids.ts';
import { OfferOutcome } from './interaction-events.ts';
import { RequestKind, RequestOutcome, RevokedReason, Role } from './members.ts';
import {
  Channel,
  ChosenStatus,
  Content,
  Next,
  perChannel,
  Seq,
  StatusName,
  Time,
  Why,
} from './parts.ts';

/** STATE-10: who changed a status. */
export const ChangedBy = v.variant('kind', [
  v.object({ kind: v.literal('agent') }),
  v.object({ kind: v.literal('system') }),
  v.object({ kind: v.literal('supervisor'), agent: AgentId, name: v.string() }),
]);
export type ChangedBy = v.InferOutput<typeof ChangedBy>;

/** STATE-4: what was chosen and comes once the channel's work allows it. Its time runs from then. */
export const Pending = v.object({
  to: ChosenStatus,
  reason: v.nullable(v.string()),
  durationMs: v.nullable(v.number()),
  next: Next,
  by: ChangedBy,
});
export type Pending = Readonly<v.InferOutput<typeof Pending>>;

export const OfferFacts = v.object({
  offer: OfferId,
  interaction: InteractionId,
  channel: Channel,
  queue: QueueId,
  startedAt: Time,
  enqueuedAt: Time,
  /** The desk must have shown it by then (OFFER-4). */
  showBy: Time,
  /** Length of the time to answer, from the moment it is shown. */
  answerMs: v.number(),
  why: Why,
});

export type OfferFacts = v.InferOutput<typeof OfferFacts>;

/** END-8: a promise to be in touch. */
export const CommitmentFacts = v.object({
  commitment: CommitmentId,
  /** What it came from, if anything. */
  about: v.nullable(InteractionId),
  due: Time,
  channel: Channel,
});
export type CommitmentFacts = v.InferOutput<typeof CommitmentFacts>;
export const RequestFacts = v.object({
  request: RequestId,
  interaction: InteractionId,
  kind: RequestKind,
  from: AgentId,
  fromName: v.string(),
  channel: Channel,
  queue: QueueId,
  startedAt: Time,
  until: Time,
});
export type RequestFacts = v.InferOutput<typeof RequestFacts>;

/**
 * What may stand in an agent's stream: the ledger of the status, offers to me, and what I may
 * read (grants and revocations). Only this agent's desk reads it.
 */
export const AgentEvent = v.variant('type', [
  /** This desk is the live one now; another, if any, is "open elsewhere" (STATE-11). */
  v.object({ type: v.literal('signed-in'), desk: DeskId }),
  v.object({ type: v.literal('signed-out') }),
  v.object({ type: v.literal('unreachable') }),
  v.object({ type: v.literal('reachable') }),
  v.object({
    type: v.literal('status-changed'),
    channel: Channel,
    from: StatusName,
    to: StatusName,
    /** The id of a not-ready reason of the centre, or of the system: `signed-in`, `unreachable`, `rejects`, `away`, `after-wrap-up`. */
    reason: v.nullable(v.string()),
    /** STATE-5; null: as long as it takes. */
    until: v.nullable(Time),
    next: Next,
    by: ChangedBy,
  }),
  /** STATE-4: comes once the channel's last interaction is done or parked; ready, chosen in a wrap-up, once that is over. */
  v.object({ type: v.literal('pending-set'), channel: Channel, ...Pending.entries }),
  v.object({ type: v.literal('pending-cleared'), channel: Channel }),
  /** STATE-3. It hides nothing: the statuses stay what they are. */
  v.object({ type: v.literal('do-not-disturb-set'), on: v.boolean() }),
  /** STATE-7: nobody is at the desk's machine, or somebody is again. */
  v.object({ type: v.literal('idle-set'), idle: v.boolean() }),
  /** content: name, email, phone, subject, entryPage (each optional); blanked when the offer ends */
  v.object({ type: v.literal('offer-made'), ...OfferFacts.entries }),
  v.object({ type: v.literal('offer-shown'), offer: OfferId, answerBy: Time }),
  v.object({
    type: v.literal('offer-ended'),
    offer: OfferId,
    interaction: InteractionId,
    outcome: OfferOutcome,
  }),
  /** OFFER-4: the desk says that it can show offers again. */
  v.object({ type: v.literal('can-show') }),
  v.object({
    type: v.literal('granted'),
    interaction: InteractionId,
    epoch: v.number(),
    role: Role,
    channel: Channel,
  }),
  /** `blocks`: while it lasts the channel's status is wrap-up (STATE-1). */
  v.object({
    type: v.literal('wrap-up-started'),
    interaction: InteractionId,
    blocks: v.boolean(),
  }),
  /** END-7: it waits in the workbin and counts no more; the membership stays. */
  v.object({ type: v.literal('parked'), interaction: InteractionId, until: Time }),
  v.object({ type: v.literal('unparked'), interaction: InteractionId }),
  /** content: note, contact (each optional); blanked when it ends */
  v.object({ type: v.literal('commitment-made'), ...CommitmentFacts.entries }),
  /** Its time has come: remind the agent. */
  v.object({ type: v.literal('commitment-due'), commitment: CommitmentId }),
  v.object({
    type: v.literal('commitment-ended'),
    commitment: CommitmentId,
    outcome: v.picklist(['kept', 'dropped']),
  }),
  v.object({
    type: v.literal('revoked'),
    interaction: InteractionId,
    epoch: v.number(),
    role: Role,
    reason: RevokedReason,
  }),
  /** A colleague asks. content: name, subject … as in an offer, and note; blanked at its end */
  v.object({ type: v.literal('request-made'), ...RequestFacts.entries }),
  v.object({
    type: v.literal('request-ended'),
    request: RequestId,
    interaction: InteractionId,
    outcome: RequestOutcome,
  }),
  /** The membership is over, a note may still be written; it counts as load until its end. */
  v.object({
    type: v.literal('own-wrap-up-started'),
    interaction: InteractionId,
    channel: Channel,
    until: Time,
  }),
  v.object({
    type: v.literal('own-wrap-up-ended'),
    interaction: InteractionId,
    by: v.picklist(['agent', 'system']),
  }),
]);
export type AgentEvent = v.InferOutput<typeof AgentEvent>;

export const ChannelStatus = v.object({
  status: StatusName,
  reason: v.nullable(v.string()),
  since: Time,
  /** STATE-5. */
  until: v.nullable(Time),
  next: Next,
  /** STATE-4. */
  pending: v.nullable(Pending),
});
export type ChannelStatus = v.InferOutput<typeof ChannelStatus>;

/** The words of something open, in a snapshot. */
const words = {
  content: v.nullable(Content),
  /**
   * Null: that is all of them. Else they are longer than a snapshot has room for, these are their
   * beginnings, and the question `words` with this seq of the agent's stream brings the rest.
   */
  cutAt: v.nullable(Seq),
};

export const OpenOffer = v.object({
  ...OfferFacts.entries,
  /** Null until the desk has shown it. */
  answerBy: v.nullable(Time),
  ...words,
});
export type OpenOffer = v.InferOutput<typeof OpenOffer>;

export const OpenRequest = v.object({
  ...RequestFacts.entries,
  ...words,
});
export type OpenRequest = v.InferOutput<typeof OpenRequest>;

export const OwnWrapUp = v.object({ interaction: InteractionId, channel: Channel, until: Time });
export type OwnWrapUp = v.InferOutput<typeof OwnWrapUp>;

export const Membership = v.object({
  interaction: InteractionId,
  epoch: v.number(),
  role: Role,
  channel: Channel,
  wrappingUp: v.boolean(),
  /** In the workbin until then, or null. */
  parkedUntil: v.nullable(Time),
});
export type Membership = v.InferOutput<typeof Membership>;

export const OpenCommitment = v.object({
  ...CommitmentFacts.entries,
  /** Its time has come. */
  isDue: v.boolean(),
  ...words,
});
export type OpenCommitment = v.InferOutput<typeof OpenCommitment>;

/** An agent's stream, folded up to `seq`: what a desk starts from when its cursor is too old. */
export const AgentSnapshot = v.object({
  seq: v.number(),
  agent: AgentId,
  channels: perChannel(ChannelStatus),
  doNotDisturb: v.boolean(),
  idle: v.boolean(),
  offers: v.array(OpenOffer),
  memberships: v.array(Membership),
  commitments: v.array(OpenCommitment),
  /** What colleagues ask of this agent. */
  requests: v.array(OpenRequest),
  ownWrapUps: v.array(OwnWrapUp),
});
export type AgentSnapshot = v.InferOutput<typeof AgentSnapshot>;
