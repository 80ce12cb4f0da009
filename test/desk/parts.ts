import type { AgentEvent, OfferFacts } from '../../protocol/agent-events.ts';
import type { CentreCard } from '../../protocol/cards.ts';
import { centreFacts } from '../../protocol/examples/cards.ts';
import type { AgentWelcome, BatchPart } from '../../protocol/frames.ts';
import type {
  AgentId,
  CommandId,
  CustomerId,
  InteractionId,
  OfferId,
  QueueId,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import { channelStatus, chatsOnly } from '../channels.ts';

/** Frames and events for tests of the desk, with everything that a test doesn't care about filled in. */
export const me = 'agent-ana' as AgentId;
export const billing = 'billing' as QueueId;
export const chat1 = 'chat-1' as InteractionId;
export const chat2 = 'chat-2' as InteractionId;
export const offer1 = 'offer-1' as OfferId;

/** Server time in tests counts from here; seq n is told at T + n seconds. */
export const T = 1_700_000_000_000;
export const at = (seq: number) => T + seq * 1_000;

export const commandId = (n: number | string) =>
  `command-${String(n).padStart(12, '0')}` as CommandId;

export const account = {
  server: 'http://localhost:8787',
  agent: me,
  name: 'Ana',
  role: 'agent',
  centre: 'Demo',
  refreshToken: 'refresh-0',
} as const;

export const centre: CentreCard = {
  ...centreFacts.centre,
  name: 'Demo',
  queues: [
    {
      id: billing,
      name: 'Billing',
      channels: ['chat'],
      pick: true,
      transfer: 'on-acceptance',
      parkMs: 604_800_000,
      resolvedRequired: false,
      script: [],
      workflow: [],
      dispositions: [{ id: 'solved', label: 'Solved' }],
      dispositionRequired: true,
    },
  ],
  notReadyReasons: [{ id: 'lunch', label: 'Lunch', durationMs: null }],
};

export const welcome = (fields: Partial<AgentWelcome> = {}): AgentWelcome => ({
  type: 'welcome',
  protocol: PROTOCOL,
  now: T,
  agent: { id: me, name: 'Ana', role: 'agent', abilities: [], teams: [] },
  limits: chatsOnly(),
  centre,
  snapshot: emptySnapshot(0),
  ...fields,
});

export const emptySnapshot = (seq: number): NonNullable<AgentWelcome['snapshot']> => ({
  seq,
  agent: me,
  channels: {
    chat: channelStatus('not-ready', null, T),
    voice: channelStatus('logged-off'),
    email: channelStatus('logged-off'),
    messaging: channelStatus('logged-off'),
    'work-item': channelStatus('logged-off'),
  },
  doNotDisturb: false,
  idle: false,
  offers: [],
  memberships: [],
  commitments: [],
  requests: [],
  ownWrapUps: [],
});

type Extra = { readonly content?: Content | null; readonly commandId?: CommandId };

/** Events that follow `after` without a hole. */
export const agentPart = (
  after: number,
  ...events: readonly (AgentEvent | readonly [AgentEvent, Extra])[]
): BatchPart => ({
  of: 'agent',
  epoch: 0,
  after,
  upTo: after + events.length,
  events: events.map((one, n) => ({ seq: after + n + 1, at: at(after + n + 1), ...eventOf(one) })),
});

export const interactionPart = (
  interaction: InteractionId,
  after: number,
  ...events: readonly (InteractionEvent | readonly [InteractionEvent, Extra])[]
): Extract<BatchPart, { of: 'interaction' }> => ({
  of: 'interaction',
  interaction,
  epoch: 1,
  after,
  upTo: after + events.length,
  events: events.map((one, n) => ({ seq: after + n + 1, at: at(after + n + 1), ...eventOf(one) })),
});

const eventOf = <E>(one: E | readonly [E, Extra]): { event: E } & Extra =>
  Array.isArray(one) ? { event: one[0], ...one[1] } : { event: one as E };

export const facts = (offer: OfferId = offer1, interaction: InteractionId = chat1): OfferFacts => ({
  offer,
  interaction,
  channel: 'chat',
  queue: billing,
  startedAt: T,
  enqueuedAt: T,
  showBy: T + 3_000,
  answerMs: 45_000,
  why: { reason: 'only', skills: [], candidates: 1, step: 0, passedOver: {} },
});

export const offerMade = (
  offer: OfferId = offer1,
  interaction: InteractionId = chat1,
): readonly [AgentEvent, Extra] => [
  { type: 'offer-made', ...facts(offer, interaction) },
  { content: { name: 'Lee', subject: 'Invoice' } },
];

export const offerEnded = (
  outcome: Extract<AgentEvent, { type: 'offer-ended' }>['outcome'],
  offer: OfferId = offer1,
  interaction: InteractionId = chat1,
): AgentEvent => ({ type: 'offer-ended', offer, interaction, outcome });

export const granted = (interaction: InteractionId = chat1, epoch = 1): AgentEvent => ({
  type: 'granted',
  interaction,
  epoch,
  role: 'owner',
  channel: 'chat',
});

export const revoked = (
  reason: 'done' | 'owner-lost',
  interaction: InteractionId = chat1,
  epoch = 1,
): AgentEvent => ({ type: 'revoked', interaction, epoch, role: 'owner', reason });

export const started: readonly [InteractionEvent, Extra] = [
  {
    type: 'started',
    channel: 'chat',
    customer: 'customer-1' as CustomerId,
    queue: billing,
    language: 'en',
  },
  { content: { name: 'Lee', email: 'lee@example.org', subject: 'Invoice' } },
];

export const accepted: InteractionEvent = {
  type: 'accepted',
  offer: offer1,
  agent: me,
  name: 'Ana',
  epoch: 1,
};

export const fromCustomer = (text: string): readonly [InteractionEvent, Extra] => [
  { type: 'message-posted', author: { kind: 'customer' } },
  { content: { text } },
];

export const fromMe = (text: string, id?: CommandId): readonly [InteractionEvent, Extra] => [
  { type: 'message-posted', author: { kind: 'agent', agent: me, name: 'Ana' } },
  { content: { text }, ...(id === undefined ? {} : { commandId: id }) },
];
