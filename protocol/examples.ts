import type { AgentEvent, AgentSnapshot, OfferFacts } from './agent-events.ts';
import type { AgentCommand, CustomerCommand } from './commands.ts';
import type {
  AgentFrameDown,
  AgentFrameUp,
  BatchPart,
  CentreCard,
  CustomerFrameDown,
  CustomerFrameUp,
  SiteCard,
} from './frames.ts';
import type { AgentId, CommandId, CustomerId, DeskId, InteractionId, OfferId } from './ids.ts';
import { interactionStream, type QueueId } from './ids.ts';
import type { InteractionEvent } from './interaction-events.ts';
import type { Why } from './parts.ts';
import { PROTOCOL } from './version.ts';

/**
 * One example of every word of the wire. They tell one story: Ana asks where her parcel is, Bo
 * answers. A member of a union that has no example here doesn't compile.
 */
export type OneOfEach<T extends { readonly type: string }> = {
  readonly [K in T['type']]: Extract<T, { readonly type: K }>;
};

const interaction = 'i-7Qm2xV9sKd4TbE1w' as InteractionId;
const offer = 'o-3nR8yZ5cHf6JpA0q' as OfferId;
const bo = 'bo' as AgentId;
const customer = 'c-9f86d081884c7d659a2feaa0c55ad015' as CustomerId;
const queue = 'orders' as QueueId;
const desk = 'd-Lk4vN2rT8mWq6sXz' as DeskId;
const command = 'cmd-5tG7hJ1kL3zX9cVb' as CommandId;
const at = 1_793_527_200_000;
const cursor = { interaction, epoch: 1, seq: 7 };

const why: Why = {
  reason: 'load',
  skills: [{ skill: 'orders', proficiency: 4 }],
  candidates: 3,
  step: 0,
  passedOver: { 'no-room': 1, 'not-ready': 2 },
};

const offerFacts: OfferFacts = {
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

export const agentCommands = {
  'set-status': { type: 'set-status', channel: 'chat', to: 'not-ready', reason: 'lunch' },
  'sign-out': { type: 'sign-out' },
  'can-show': { type: 'can-show' },
  'offer-shown': { type: 'offer-shown', interaction, offer },
  accept: { type: 'accept', interaction, offer },
  reject: { type: 'reject', interaction, offer },
  post: { type: 'post', interaction, text: 'It leaves the warehouse today.' },
  end: { type: 'end', interaction },
  'mark-done': {
    type: 'mark-done',
    interaction,
    dispositions: ['answered'],
    note: 'Parcel was held at the depot.',
  },
} satisfies OneOfEach<AgentCommand>;

export const customerCommands = {
  start: {
    type: 'start',
    queue,
    language: 'en',
    name: 'Ana Silva',
    email: 'ana@example.org',
    phone: '+55 11 91234 5678',
    subject: 'Order 1042',
    entryPage: 'https://shop.example/orders/1042',
  },
  post: { type: 'post', interaction, text: 'Where is my parcel? 📦' },
  leave: { type: 'leave', interaction },
} satisfies OneOfEach<CustomerCommand>;

/** What both doors take besides hello and commands. */
const upToBoth = {
  got: { type: 'got', batch: 3 },
  from: { type: 'from', stream: interactionStream(interaction), epoch: 1, after: 4 },
  read: { type: 'read', interaction, seq: 7 },
  typing: { type: 'typing', interaction },
  heartbeat: { type: 'heartbeat' },
} as const;

export const agentFramesUp = {
  ...upToBoth,
  hello: {
    type: 'hello',
    protocol: PROTOCOL,
    token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJibyJ9.signature',
    desk,
    claim: true,
    agentSeq: 12,
    cursors: [cursor],
  },
  command: { type: 'command', id: command, command: agentCommands.post },
} satisfies OneOfEach<AgentFrameUp>;

export const customerFramesUp = {
  ...upToBoth,
  hello: {
    type: 'hello',
    protocol: PROTOCOL,
    secret: 'u3V0b1N4c2pWb1E2Y0hSbVpXWm5hV3BxYTJ4dGJtOXc',
    site: 'shop',
    cursor: { interaction, seq: 7 },
  },
  command: { type: 'command', id: command, command: customerCommands.post },
} satisfies OneOfEach<CustomerFrameUp>;

export const agentEvents = {
  'signed-in': { type: 'signed-in', desk },
  'signed-out': { type: 'signed-out' },
  unreachable: { type: 'unreachable' },
  reachable: { type: 'reachable' },
  'status-changed': {
    type: 'status-changed',
    channel: 'chat',
    from: 'ready',
    to: 'not-ready',
    reason: 'lunch',
    by: 'agent',
  },
  'pending-set': { type: 'pending-set', reason: 'lunch' },
  'pending-cleared': { type: 'pending-cleared' },
  'offer-made': { type: 'offer-made', ...offerFacts },
  'offer-shown': { type: 'offer-shown', offer, answerBy: at + 57_000 },
  'offer-ended': { type: 'offer-ended', offer, interaction, outcome: 'expired' },
  'can-show': { type: 'can-show' },
  granted: { type: 'granted', interaction, epoch: 1, role: 'owner' },
  'wrap-up-started': { type: 'wrap-up-started', interaction },
  revoked: { type: 'revoked', interaction, epoch: 1, reason: 'done' },
} satisfies OneOfEach<AgentEvent>;

export const interactionEvents = {
  started: { type: 'started', channel: 'chat', customer, queue, language: 'en' },
  queued: {
    type: 'queued',
    queue,
    priority: 5,
    enqueuedAt: at,
    reason: 'rejected',
    skipped: [{ agent: bo, until: at + 60_000 }],
    preferred: null,
  },
  offered: { type: 'offered', offer, agent: bo, showBy: at + 15_000, why },
  'offer-shown': { type: 'offer-shown', offer, agent: bo, answerBy: at + 57_000 },
  'offer-ended': { type: 'offer-ended', offer, agent: bo, outcome: 'accepted' },
  accepted: { type: 'accepted', offer, agent: bo, name: 'Bo', epoch: 1 },
  'message-posted': {
    type: 'message-posted',
    author: { kind: 'agent', agent: bo, name: 'Bo' },
  },
  'customer-away': { type: 'customer-away', leftAt: at + 600_000 },
  'customer-returned': { type: 'customer-returned' },
  'owner-away': { type: 'owner-away', agent: bo },
  'owner-returned': { type: 'owner-returned', agent: bo },
  'owner-lost': { type: 'owner-lost', agent: bo },
  ended: { type: 'ended', by: 'agent', wrapUpUntil: at + 360_000 },
  abandoned: { type: 'abandoned', by: 'customer' },
  'marked-done': {
    type: 'marked-done',
    by: 'agent',
    dispositions: ['answered'],
    incomplete: false,
  },
  'content-removed': { type: 'content-removed', seqs: [5] },
} satisfies OneOfEach<InteractionEvent>;

const centre: CentreCard = {
  name: 'Harbour Goods',
  queues: [
    {
      id: queue,
      name: 'Orders',
      dispositions: [{ id: 'answered', label: 'Answered' }],
      dispositionRequired: true,
    },
  ],
  notReadyReasons: [{ id: 'lunch', label: 'Lunch' }],
};

const site: SiteCard = {
  name: 'Harbour Goods',
  accent: '#1f6feb',
  queues: [{ id: queue, name: 'Orders' }],
  form: [
    { field: 'name', required: true },
    { field: 'email', required: false },
  ],
};

const snapshot: AgentSnapshot = {
  seq: 12,
  agent: bo,
  channels: { chat: { status: 'ready', reason: null, since: at } },
  pending: { reason: 'lunch' },
  offers: [{ ...offerFacts, answerBy: null, content: { name: 'Ana Silva' } }],
  memberships: [{ interaction, epoch: 1, role: 'owner', wrappingUp: false }],
};

const agentPart: BatchPart = {
  of: 'agent',
  epoch: 0,
  after: 12,
  upTo: 13,
  events: [{ seq: 13, at, event: agentEvents.granted }],
};

/** Blanked words are null, an event that never had any has no `content`. */
const interactionPart: BatchPart = {
  of: 'interaction',
  interaction,
  epoch: 1,
  after: 4,
  upTo: 7,
  events: [
    { seq: 5, at, content: null, event: interactionEvents['message-posted'] },
    { seq: 6, at, event: interactionEvents['content-removed'] },
    {
      seq: 7,
      at,
      content: { text: agentCommands.post.text },
      commandId: command,
      event: interactionEvents['message-posted'],
    },
  ],
};

/** What both doors say besides welcome and batches. */
const downFromBoth = {
  ack: { type: 'ack', id: command, stream: interactionStream(interaction), seq: 7 },
  refused: { type: 'refused', id: command, refusal: 'taken', retryMs: null },
  marks: { type: 'marks', interaction, reader: 'customer', delivered: 7, read: 5 },
  typing: { type: 'typing', interaction, by: 'agent', name: 'Bo' },
  heartbeat: { type: 'heartbeat', now: at },
} as const;

export const agentFramesDown = {
  ...downFromBoth,
  batch: { type: 'batch', batch: 3, parts: [agentPart, interactionPart] },
  welcome: {
    type: 'welcome',
    protocol: PROTOCOL,
    now: at,
    agent: { id: bo, name: 'Bo', role: 'agent' },
    limits: { chat: 4 },
    centre,
    snapshot,
  },
} satisfies OneOfEach<AgentFrameDown>;

export const customerFramesDown = {
  ...downFromBoth,
  batch: { type: 'batch', batch: 3, parts: [interactionPart] },
  welcome: { type: 'welcome', protocol: PROTOCOL, now: at, site, interaction },
  position: { type: 'position', interaction, position: 3, estimateMs: 90_000 },
} satisfies OneOfEach<CustomerFrameDown>;
