import * as v from 'valibot';

/** Everybody in an interaction beside its owner. */
export const MemberRole = v.picklist([
  /** Visible to the customer: a conference (HAND-6). */
  'guest',
  /** Reads; speaks with the owner only (HAND-5). */
  'consultant',
  /** A supervisor who reads; whispers to the owner (HAND-7). */
  'monitor',
]);
export type MemberRole = v.InferOutput<typeof MemberRole>;

export const Role = v.picklist(['owner', 'guest', 'consultant', 'monitor']);
export type Role = v.InferOutput<typeof Role>;

export const RequestKind = v.picklist(['transfer', 'consult', 'join']);
export type RequestKind = v.InferOutput<typeof RequestKind>;

export const RequestOutcome = v.picklist([
  'accepted',
  'rejected',
  'expired',
  'cancelled',
  /** The colleague signed out or was lost. */
  'unreachable',
  /** What was asked for makes no sense any more: it ended, or somebody else took over. */
  'over',
]);
export type RequestOutcome = v.InferOutput<typeof RequestOutcome>;

export const LeftReason = v.picklist(['left', 'removed', 'ended', 'lost', 'role-changed']);
export type LeftReason = v.InferOutput<typeof LeftReason>;

export const OwnerChangedReason = v.picklist([
  'transferred',
  'handed-over',
  'taken-over',
  'owner-lost',
]);
export type OwnerChangedReason = v.InferOutput<typeof OwnerChangedReason>;

/** Why a membership is over, as its agent hears it. */
export const RevokedReason = v.picklist([
  'done',
  'owner-lost',
  'transferred',
  'taken-over',
  /** It was parked, and the customer's reply took it back to the queue. */
  'replied',
  'left',
  'removed',
  'ended',
  'lost',
  /** The next event grants the other role. */
  'role-changed',
]);
export type RevokedReason = v.InferOutput<typeof RevokedReason>;
