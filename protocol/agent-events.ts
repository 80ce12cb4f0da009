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
import { Channel, Content, StatusName, Time, Why } from './parts.ts';

/** STATE-10: who changed a status. */
const ChangedBy = v.picklist(['agent', 'system', 'supervisor']);

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
    /** The id of a not-ready reason of the centre, or of the system: `signed-in`, `unreachable`, `rejects`. */
    reason: v.nullable(v.string()),
    by: ChangedBy,
  }),
  /** STATE-4: not ready once the last interaction is done. */
  v.object({ type: v.literal('pending-set'), reason: v.nullable(v.string()) }),
  v.object({ type: v.literal('pending-cleared') }),
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
  v.object({ type: v.literal('wrap-up-started'), interaction: InteractionId }),
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
});
export type ChannelStatus = v.InferOutput<typeof ChannelStatus>;

export const OpenOffer = v.object({
  ...OfferFacts.entries,
  /** Null until the desk has shown it. */
  answerBy: v.nullable(Time),
  content: v.nullable(Content),
});
export type OpenOffer = v.InferOutput<typeof OpenOffer>;

export const OpenRequest = v.object({
  ...RequestFacts.entries,
  content: v.nullable(Content),
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
  content: v.nullable(Content),
});
export type OpenCommitment = v.InferOutput<typeof OpenCommitment>;

/** An agent's stream, folded up to `seq`: what a desk starts from when its cursor is too old. */
export const AgentSnapshot = v.object({
  seq: v.number(),
  agent: AgentId,
  channels: v.object({ chat: ChannelStatus }),
  pending: v.nullable(v.object({ reason: v.nullable(v.string()) })),
  offers: v.array(OpenOffer),
  memberships: v.array(Membership),
  commitments: v.array(OpenCommitment),
  /** What colleagues ask of this agent. */
  requests: v.array(OpenRequest),
  ownWrapUps: v.array(OwnWrapUp),
});
export type AgentSnapshot = v.InferOutput<typeof AgentSnapshot>;
