import type { AgentEvent, OfferFacts, Pending } from '../../protocol/agent-events.ts';
import type {
  AgentId,
  CustomerId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
} from '../../protocol/ids.ts';
import type { InteractionEvent, OfferOutcome } from '../../protocol/interaction-events.ts';
import type { Channel, Next, StatusName, Why } from '../../protocol/parts.ts';
import type { Command } from '../../server/interactions/command.ts';
import { statusCommand } from '../channels.ts';
import { agent, chat, START, saying, type Told, type World } from './given.ts';

/** Short histories to begin from, in the words of the events, and the commands that move them on. */

export const queue = 'orders' as QueueId;
export const id = (text: string) => text as InteractionId;
export const desk = (text: string) => text as DeskId;
export const offerOf = (interaction: string, n = 1) => `offer-${n}-of-${interaction}` as OfferId;
export const who = (text: string) => text as AgentId;

export const why: Why = { reason: 'only', skills: [], candidates: 1, step: 0, passedOver: {} };

/** Signed in at a desk: not ready. */
export const signedIn = (name: string): Told[] => [
  agent(
    name,
    { type: 'signed-in', desk: desk(`desk-of-${name}`) },
    status('logged-off', 'not-ready', 'signed-in', 'system'),
    { type: 'reachable' },
  ),
];

export const ready = (name: string): Told[] => [
  ...signedIn(name),
  agent(name, status('not-ready', 'ready', null, 'agent')),
];

export const unreachable = (name: string): Told => agent(name, { type: 'unreachable' });

export const waiting = (interaction: string, customer = 'ana'): Told[] => [
  chat(
    interaction,
    { type: 'started', channel: 'chat', customer: customer as CustomerId, queue, language: 'en' },
    queued('started'),
  ),
];

/** Rings at the agent, not shown yet. The agent is signed in elsewhere in the history. */
export const ringing = (interaction: string, name: string, n = 1): Told[] => [
  ...(n === 1 ? waiting(interaction) : []),
  chat(interaction, {
    type: 'offered',
    offer: offerOf(interaction, n),
    agent: who(name),
    showBy: START + 3_000,
    why,
  }),
  agent(name, saying({ type: 'offer-made', ...offerFacts(interaction, n) }, { name: 'Ana' })),
];

export const shown = (interaction: string, name: string, n = 1): Told[] => {
  const offer = offerOf(interaction, n);
  const answerBy = START + 45_000;
  return [
    chat(interaction, { type: 'offer-shown', offer, agent: who(name), answerBy }),
    agent(name, { type: 'offer-shown', offer, answerBy }),
  ];
};

export const accepted = (interaction: string, name: string, epoch = 1, n = 1): Told[] => {
  const offer = offerOf(interaction, n);
  return [
    chat(
      interaction,
      { type: 'offer-ended', offer, agent: who(name), outcome: 'accepted' },
      { type: 'accepted', offer, agent: who(name), name, epoch },
    ),
    agent(
      name,
      { type: 'offer-ended', offer, interaction: id(interaction), outcome: 'accepted' },
      { type: 'granted', interaction: id(interaction), epoch, role: 'owner', channel: 'chat' },
    ),
  ];
};

export const talking = (interaction: string, name: string): Told[] => [
  ...ringing(interaction, name),
  ...accepted(interaction, name),
];

export const wrapping = (
  interaction: string,
  name: string,
  wrapUpUntil: number | null = START + 60_000,
): Told[] => [
  ...talking(interaction, name),
  chat(interaction, { type: 'ended', by: 'agent', wrapUpUntil }),
  agent(name, { type: 'wrap-up-started', interaction: id(interaction), blocks: false }),
];

export const done = (interaction: string, name: string): Told[] => [
  ...wrapping(interaction, name),
  chat(interaction, doneBy('agent')),
  agent(name, {
    type: 'revoked',
    interaction: id(interaction),
    epoch: 1,
    role: 'owner',
    reason: 'done',
  }),
];

/** Marked done, with nothing chosen. */
export const doneBy = (
  by: 'agent' | 'system',
  rest: Partial<Extract<InteractionEvent, { type: 'marked-done' }>> = {},
): InteractionEvent => ({
  type: 'marked-done',
  by,
  dispositions: [],
  incomplete: false,
  resolved: null,
  sendTranscript: false,
  ...rest,
});

export const abandoned = (interaction: string): Told[] => [
  ...waiting(interaction),
  chat(interaction, { type: 'abandoned', by: 'customer' }),
];

export const status = (
  from: StatusName,
  to: StatusName,
  reason: string | null,
  kind: 'agent' | 'system',
  rest: { readonly channel?: Channel; readonly until?: number; readonly next?: Next } = {},
): Extract<AgentEvent, { readonly type: 'status-changed' }> => ({
  type: 'status-changed',
  channel: 'chat',
  from,
  to,
  reason,
  until: null,
  next: 'stay',
  by: { kind },
  ...rest,
});

/** STATE-4: not ready on the chat, soon. */
export const pendingSet = (
  reason: string | null,
  rest: Partial<Pending> = {},
  channel: Channel = 'chat',
): AgentEvent => ({
  type: 'pending-set',
  channel,
  to: 'not-ready',
  reason,
  durationMs: null,
  next: 'stay',
  by: { kind: 'agent' },
  ...rest,
});
export const pendingCleared = (channel: Channel = 'chat'): AgentEvent => ({
  type: 'pending-cleared',
  channel,
});

export const queued = (
  reason: Extract<InteractionEvent, { type: 'queued' }>['reason'],
  rest: Partial<Extract<InteractionEvent, { type: 'queued' }>> = {},
): InteractionEvent => ({
  type: 'queued',
  queue,
  priority: 5,
  enqueuedAt: START,
  reason,
  skipped: [],
  preferred: null,
  preferredUntil: null,
  target: null,
  ...rest,
});

export const offerFacts = (interaction: string, n = 1): OfferFacts => ({
  offer: offerOf(interaction, n),
  interaction: id(interaction),
  channel: 'chat',
  queue,
  startedAt: START,
  enqueuedAt: START,
  showBy: START + 3_000,
  answerMs: 45_000,
  why,
});

/** Both halves of an offer that ended, before what follows from it. */
export const offerEnded = (interaction: string, name: string, outcome: OfferOutcome, n = 1) => {
  const offer = offerOf(interaction, n);
  return {
    chat: { type: 'offer-ended', offer, agent: who(name), outcome },
    agent: { type: 'offer-ended', offer, interaction: id(interaction), outcome },
  } as const;
};

/* ── commands ── */

export const offer = (interaction: string, name: string, n = 1): Command => ({
  type: 'offer',
  interaction: id(interaction),
  agent: who(name),
  offer: offerOf(interaction, n),
  why,
});

export const answering = (
  type: 'accept' | 'reject' | 'offer-shown' | 'offer-expired' | 'offer-not-shown' | 'rescind',
  interaction: string,
  n = 1,
): Command => ({ type, interaction: id(interaction), offer: offerOf(interaction, n) });

export const setStatus = statusCommand;

export const post = (interaction: string, text = 'Hello'): Command => ({
  type: 'post',
  interaction: id(interaction),
  text,
});

export const on = (
  type: 'end' | 'leave' | 'customer-gone' | 'customer-back',
  interaction: string,
): Command => ({ type, interaction: id(interaction) });

export const markDone = (
  interaction: string,
  dispositions: readonly string[] = [],
  note = '',
  rest: Partial<Extract<Command, { type: 'mark-done' }>> = {},
): Command => ({
  type: 'mark-done',
  interaction: id(interaction),
  dispositions: [...dispositions],
  note,
  resolved: null,
  answers: {},
  tags: null,
  data: {},
  sendTranscript: false,
  workflow: null,
  ...rest,
});

export const extend = (interaction: string, to: 'more' | 'open'): Command => ({
  type: 'extend-wrap-up',
  interaction: id(interaction),
  to,
});

export const park = (interaction: string, forMs: number | null = null): Command => ({
  type: 'park',
  interaction: id(interaction),
  forMs,
});

export const unpark = (interaction: string): Command => ({
  type: 'unpark',
  interaction: id(interaction),
});

export const since = (
  type: 'customer-left' | 'wrap-up-over' | 'park-over',
  interaction: string,
  seq: number,
): Command => ({ type, interaction: id(interaction), since: seq });

/** STATE-8: what the router asks for when the owner has been unreachable for so long. */
export const ownerIs = (
  what: 'away' | 'lost',
  interaction: string,
  name: string,
  world: World,
): Command => ({
  type: `owner-${what}`,
  interaction: id(interaction),
  agent: who(name),
  since: world.agent(name).reach.since,
});

export const start = (language = 'en'): Extract<Command, { type: 'start' }> => ({
  type: 'start',
  queue,
  language,
});

export const connect = (name: string, at = `desk-of-${name}`, claim = false): Command => ({
  type: 'desk-connected',
  agent: who(name),
  desk: desk(at),
  claim,
});
