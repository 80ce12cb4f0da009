import type { AgentId, CustomerId, OfferId, SkillId, TeamId } from '../../protocol/ids.ts';
import type { InteractionEvent, TransferTarget } from '../../protocol/interaction-events.ts';
import type { Role } from '../../protocol/members.ts';

/** How somebody in an interaction sees it. */
export type InteractionSight = 'customer' | Role;

/** All of it, nothing, or a version of it (null: nothing after all), with or without its words. */
export type Cell<Event> =
  | 'all'
  | 'nothing'
  | {
      readonly event: (event: Event) => Event | null;
      readonly words: boolean | ((event: Event) => boolean);
    };

export type Sightings = {
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

/** Every colleague who is in it, whatever their role. */
const colleagues = { owner: 'all', guest: 'all', consultant: 'all', monitor: 'all' } as const;

/** What the owner asks of one colleague in private is nobody else's; a parcel is for its receiver. */
const askedInPublic = {
  event: <Event extends { readonly kind: string }>(event: Event): Event | null =>
    event.kind === 'consult' ? null : event,
  words: (event: { readonly kind: string }): boolean => event.kind === 'join',
} as const;

/** Colleagues don't hear of supervisors who listen, nor of those whom the owner consults. */
const inTheOpen = {
  event: <Event extends { readonly role: string }>(event: Event): Event | null =>
    event.role === 'guest' ? event : null,
  words: true,
} as const;

/** Nor that a new owner was one of these before: they come from outside. */
const comesInTheOpen = {
  event: (event: Of<'owner-changed'>): Of<'owner-changed'> => ({
    ...event,
    was: event.was === 'guest' ? event.was : null,
  }),
  words: true,
} as const;

/** The customer: guests who come from outside and go. */
const asTheCustomerSees = {
  joined: {
    event: (event: Of<'joined'>) =>
      event.role === 'guest' && event.was !== 'owner'
        ? { ...event, was: null, agent: someAgent }
        : null,
    words: true,
  },
  left: {
    event: (event: Of<'left'>) =>
      event.role === 'guest' && event.reason !== 'role-changed'
        ? { ...event, agent: someAgent }
        : null,
    words: true,
  },
} as const;

type Of<Type extends InteractionEvent['type']> = Extract<InteractionEvent, { type: Type }>;

/**
 * The one table. The owner reads everything of the interaction, also what happened before they
 * came; whose private talk it was is asked beside it (`isFor` in `audience.ts`). The customer
 * sees neither offers nor what agents do among themselves, agents by their names only, and never
 * the outcome or the note of a wrap-up.
 */
export const sightings: Sightings = {
  started: {
    ...colleagues,
    customer: { event: (event) => ({ ...event, customer: someCustomer }), words: true },
  },
  queued: {
    ...colleagues,
    // They waited all the time: back from an offer would tell of the offer, and how it ended.
    customer: {
      event: (event) =>
        FROM_AN_OFFER.has(event.reason)
          ? null
          : { ...event, skipped: [], preferred: null, preferredUntil: null, target: null },
      words: true,
    },
  },
  offered: { ...colleagues, customer: 'nothing' },
  'offer-shown': { ...colleagues, customer: 'nothing' },
  'offer-ended': { ...colleagues, customer: 'nothing' },
  accepted: {
    ...colleagues,
    customer: {
      event: (event) => ({ ...event, agent: someAgent, offer: someOffer }),
      words: true,
    },
  },
  'message-left': { ...colleagues, customer: 'all' },
  'message-posted': {
    ...colleagues,
    customer: {
      event: (event) =>
        event.author.kind === 'agent'
          ? { ...event, author: { ...event.author, agent: someAgent } }
          : event,
      words: true,
    },
  },
  'customer-away': { ...colleagues, customer: 'nothing' },
  'customer-returned': { ...colleagues, customer: 'nothing' },
  'owner-away': { ...colleagues, customer: withoutAgent },
  'owner-returned': { ...colleagues, customer: withoutAgent },
  'owner-lost': { ...colleagues, customer: withoutAgent },
  ended: {
    ...colleagues,
    customer: { event: (event) => ({ ...event, wrapUpUntil: null }), words: true },
  },
  abandoned: { ...colleagues, customer: 'all' },
  'marked-done': {
    ...colleagues,
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
  'wrap-up-extended': { ...colleagues, customer: 'nothing' },
  amended: { ...colleagues, customer: 'nothing' },
  placed: { ...colleagues, customer: 'nothing' },
  'note-added': { ...colleagues, customer: 'nothing' },
  'tags-set': { ...colleagues, customer: 'nothing' },
  'data-set': { ...colleagues, customer: 'nothing' },
  parked: { ...colleagues, customer: 'nothing' },
  unparked: { ...colleagues, customer: 'nothing' },
  'bot-started': { ...colleagues, customer: 'nothing' },
  'bot-ended': { ...colleagues, customer: 'nothing' },
  requested: {
    ...colleagues,
    guest: askedInPublic,
    consultant: { event: (event) => event, words: (event) => event.kind !== 'transfer' },
    customer: 'nothing',
  },
  'request-ended': { ...colleagues, guest: askedInPublic, customer: 'nothing' },
  transferred: {
    ...colleagues,
    guest: { event: (event) => event, words: false },
    consultant: { event: (event) => event, words: false },
    customer: {
      event: (event) => ({ ...event, from: someAgent, to: without(event.to) }),
      words: false,
    },
  },
  joined: {
    ...colleagues,
    guest: inTheOpen,
    consultant: inTheOpen,
    customer: asTheCustomerSees.joined,
  },
  left: {
    ...colleagues,
    guest: inTheOpen,
    consultant: inTheOpen,
    customer: asTheCustomerSees.left,
  },
  'owner-changed': {
    ...colleagues,
    guest: comesInTheOpen,
    consultant: comesInTheOpen,
    customer: {
      event: (event) => ({ ...comesInTheOpen.event(event), from: someAgent, to: someAgent }),
      words: true,
    },
  },
  'own-wrap-up-started': { ...colleagues, customer: 'nothing' },
  'own-wrap-up-ended': { ...colleagues, customer: 'nothing' },
  // Only for these two (`isFor`), also once the colleague is a guest.
  'side-message-posted': { ...colleagues, customer: 'nothing' },
  // An address that an agent has typed may be somebody else's.
  'transcript-requested': {
    ...colleagues,
    customer: {
      event: (event) =>
        event.author.kind === 'agent'
          ? { ...event, author: { ...event.author, agent: someAgent } }
          : event,
      words: (event) => event.author.kind === 'customer',
    },
  },
  'transcript-sent': { ...colleagues, customer: 'all' },
  'transcript-failed': { ...colleagues, customer: 'all' },
  'content-removed': { ...colleagues, customer: 'all' },
};

/** A queue has a name that customers know; the others are ours. */
function without(to: TransferTarget): TransferTarget {
  switch (to.kind) {
    case 'queue':
      return to;
    case 'agent':
      return { kind: 'agent', agent: someAgent };
    case 'team':
      return { kind: 'team', team: 'team' as TeamId };
    case 'skill':
      return { kind: 'skill', skill: 'skill' as SkillId };
    default:
      return to satisfies never;
  }
}
