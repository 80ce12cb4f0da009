import type { OfferFacts, RequestFacts } from '../agent-events.ts';
import type {
  AgentId,
  CommandId,
  CommitmentId,
  CustomerId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
  RequestId,
} from '../ids.ts';
import type { Why } from '../parts.ts';

/**
 * One example of every word of the wire. They tell one story: Ana asks where her parcel is, Bo
 * answers. A member of a union that has no example here doesn't compile.
 */
export type OneOfEach<T extends { readonly type: string }> = {
  readonly [K in T['type']]: Extract<T, { readonly type: K }>;
};

export const interaction = 'i-7Qm2xV9sKd4TbE1w' as InteractionId;
export const offer = 'o-3nR8yZ5cHf6JpA0q' as OfferId;
export const request = 'r-8wE2kD5mYt1QxC7n' as RequestId;
export const bo = 'bo' as AgentId;
export const cy = 'cy' as AgentId;
export const customer = 'c-9f86d081884c7d659a2feaa0c55ad015' as CustomerId;
export const queue = 'orders' as QueueId;
export const desk = 'd-Lk4vN2rT8mWq6sXz' as DeskId;
export const command = 'cmd-5tG7hJ1kL3zX9cVb' as CommandId;
export const commitment = 'k-6bD2sF9gH4jW8nQx' as CommitmentId;
export const at = 1_793_527_200_000;
export const cursor = { interaction, epoch: 1, seq: 7 };

export const why: Why = {
  reason: 'load',
  skills: [{ skill: 'orders', proficiency: 4 }],
  candidates: 3,
  step: 0,
  passedOver: { 'no-room': 1, 'not-ready': 2 },
};

export const offerFacts: OfferFacts = {
  offer,
  interaction,
  channel: 'chat',
  queue,
  startedAt: at,
  enqueuedAt: at,
  showBy: at + 15_000,
  answerMs: 45_000,
  why,
};

export const requestFacts: RequestFacts = {
  request,
  interaction,
  kind: 'transfer',
  from: bo,
  fromName: 'Bo',
  channel: 'chat',
  queue,
  startedAt: at,
  until: at + 45_000,
};
