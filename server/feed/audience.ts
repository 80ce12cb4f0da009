import type { AgentEvent } from '../../protocol/agent-events.ts';
import {
  type AgentId,
  agentOf,
  type CommandId,
  type CustomerId,
  type OfferId,
  type StreamName,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';

/** Who reads. An agent reads their own stream, and interactions as their owner. */
export type Reader =
  | { readonly kind: 'agent'; readonly id: AgentId }
  | { readonly kind: 'customer'; readonly id: CustomerId };

/** A class of readers who see the same of a stream. */
export type Sight = 'self' | InteractionSight;
export type InteractionSight = 'customer' | 'owner';

/** A stored event, as far as it matters here. */
export type Logged = {
  readonly stream: StreamName;
  readonly seq: number;
  readonly at: number;
  /** Whose command it was, and which. */
  readonly principal: string;
  readonly commandId: CommandId;
  readonly body: InteractionEvent | AgentEvent;
  /** Null once blanked, absent where the event never had any. */
  readonly content?: Content | null;
};

/** What is left of an event for a reader. */
export type Seen = {
  readonly seq: number;
  readonly at: number;
  readonly event: InteractionEvent | AgentEvent;
  readonly content?: Content | null;
  /** Only for the reader whose command it was: it settles the outbox row. */
  readonly commandId?: CommandId;
};

/**
 * What this reader may see of an event; null: nothing (TRUST-4). Whether they are in the
 * interaction at all is asked elsewhere (`server/access.ts`).
 */
export function audience(logged: Logged, reader: Reader): Seen | null {
  const sight = sightOf(logged.stream, reader);
  const event = sight === null ? null : bodyFor(logged.body, sight);
  if (sight === null || event === null) return null;
  const { seq, at, content, commandId } = logged;
  return {
    seq,
    at,
    event,
    ...(content !== undefined && wordsFor(logged.body, sight) ? { content } : {}),
    ...(isOwn(logged, principalOf(reader)) ? { commandId } : {}),
  };
}

/** How a reader sees a stream; null: not at all. */
export function sightOf(stream: StreamName, { kind, id }: Reader): Sight | null {
  const agent = agentOf(stream);
  if (agent === null) return kind === 'agent' ? 'owner' : 'customer';
  return kind === 'agent' && agent === id ? 'self' : null;
}

/** Under which a reader's commands are stored. */
export const principalOf = ({ kind, id }: Reader): string => `${kind}:${id}`;

/** The event as this sight sees it: the same object where nothing is hidden, null for nothing. */
export function bodyFor(body: Logged['body'], sight: Sight): Logged['body'] | null {
  if (sight === 'self') return body;
  const cell = cellOf(body as InteractionEvent, sight);
  if (cell === 'all') return body;
  return cell === 'nothing' ? null : cell.event(body as never);
}

/** Does this sight see the words that belong to the event? */
export function wordsFor(body: Logged['body'], sight: Sight): boolean {
  if (sight === 'self') return true;
  const cell = cellOf(body as InteractionEvent, sight);
  return cell === 'all' || (cell !== 'nothing' && cell.words);
}

export const isOwn = (logged: Pick<Logged, 'principal'>, principal: string): boolean =>
  logged.principal === principal;

const cellOf = (body: InteractionEvent, sight: InteractionSight) => sightings[body.type][sight];

/** All of it, nothing, or a version of it (null: nothing of this one), with or without its words. */
type Cell<Event> =
  | 'all'
  | 'nothing'
  | { readonly event: (event: Event) => Event | null; readonly words: boolean };

type Sightings = {
  readonly [Type in InteractionEvent['type']]: Readonly<
    Record<InteractionSight, Cell<Extract<InteractionEvent, { readonly type: Type }>>>
  >;
};

/** The ids of people and offers are nobody's business outside: their kind stands for them. */
const someAgent = 'agent' as AgentId;
const someCustomer = 'customer' as CustomerId;
const someOffer = 'offer' as OfferId;

const withoutAgent = {
  event: <Event extends { readonly agent: AgentId }>(event: Event): Event => ({
    ...event,
    agent: someAgent,
  }),
  words: true,
} as const;

/** Why something waits again after an offer. */
const FROM_AN_OFFER: ReadonlySet<string> = new Set([
  'rejected',
  'expired',
  'rescinded',
  'not-shown',
]);

/**
 * The one table. The owner reads everything of the interaction, also what happened before they
 * came. The customer sees neither offers nor what agents do among themselves, agents by their
 * names only, and never the outcome or the note of a wrap-up.
 */
const sightings: Sightings = {
  started: {
    owner: 'all',
    customer: { event: (event) => ({ ...event, customer: someCustomer }), words: true },
  },
  queued: {
    owner: 'all',
    // They waited all the time: back from an offer would tell of the offer, and how it ended.
    customer: {
      event: (event) =>
        FROM_AN_OFFER.has(event.reason)
          ? null
          : { ...event, skipped: [], preferred: null, preferredUntil: null },
      words: true,
    },
  },
  offered: { owner: 'all', customer: 'nothing' },
  'offer-shown': { owner: 'all', customer: 'nothing' },
  'offer-ended': { owner: 'all', customer: 'nothing' },
  accepted: {
    owner: 'all',
    customer: {
      event: (event) => ({ ...event, agent: someAgent, offer: someOffer }),
      words: true,
    },
  },
  'message-left': { owner: 'all', customer: 'all' },
  'message-posted': {
    owner: 'all',
    customer: {
      event: (event) =>
        event.author.kind === 'agent'
          ? { ...event, author: { ...event.author, agent: someAgent } }
          : event,
      words: true,
    },
  },
  'customer-away': { owner: 'all', customer: 'nothing' },
  'customer-returned': { owner: 'all', customer: 'nothing' },
  'owner-away': { owner: 'all', customer: withoutAgent },
  'owner-returned': { owner: 'all', customer: withoutAgent },
  'owner-lost': { owner: 'all', customer: withoutAgent },
  ended: {
    owner: 'all',
    customer: { event: (event) => ({ ...event, wrapUpUntil: null }), words: true },
  },
  abandoned: { owner: 'all', customer: 'all' },
  'marked-done': {
    owner: 'all',
    customer: {
      event: (event) => ({
        ...event,
        dispositions: [],
        incomplete: false,
        resolved: null,
        sendTranscript: false,
      }),
      words: false,
    },
  },
  'wrap-up-extended': { owner: 'all', customer: 'nothing' },
  amended: { owner: 'all', customer: 'nothing' },
  placed: { owner: 'all', customer: 'nothing' },
  'note-added': { owner: 'all', customer: 'nothing' },
  'tags-set': { owner: 'all', customer: 'nothing' },
  'data-set': { owner: 'all', customer: 'nothing' },
  parked: { owner: 'all', customer: 'nothing' },
  unparked: { owner: 'all', customer: 'nothing' },
  'bot-started': { owner: 'all', customer: 'nothing' },
  'bot-ended': { owner: 'all', customer: 'nothing' },
  'content-removed': { owner: 'all', customer: 'all' },
};
