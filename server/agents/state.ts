import type { ChannelStatus, OfferFacts, RequestFacts } from '../../protocol/agent-events.ts';
import type { AgentId, DeskId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import { type Channel, channels } from '../../protocol/parts.ts';

/** An agent, folded from their stream. */
export type AgentState = {
  readonly agent: AgentId;
  /** The live desk (STATE-11); null: signed out. */
  readonly desk: DeskId | null;
  /** STATE-8. `since` is the seq of the last change, `at` its time. */
  readonly reach: { readonly reachable: boolean; readonly since: number; readonly at: number };
  /** STATE-1. */
  readonly channels: Readonly<Record<Channel, ChannelState>>;
  /** STATE-3. */
  readonly doNotDisturb: boolean;
  /** STATE-7: nobody is at the desk's machine. */
  readonly idle: boolean;
  /** OFFER-4: false after an offer that the desk did not show. */
  readonly canShow: boolean;
  readonly rejectsInRow: number;
  /** ROUTE-3; 0 for never. */
  readonly lastAcceptedAt: number;
  /** By interaction; the load is counted from here (CAP-1). */
  readonly assignments: Readonly<Record<string, Assignment>>;
  /** By request: what colleagues ask, unanswered. It is no load. */
  readonly requests: Readonly<Record<string, RequestToMe>>;
  /** By interaction: the own wrap-up of one who isn't in it any more. It is load. */
  readonly ownWrapUps: Readonly<Record<string, OwnWrapUp>>;
  /** Open promises by their ids (END-8). */
  readonly commitments: Readonly<Record<string, Commitment>>;
};

export type Commitment = {
  readonly about: InteractionId | null;
  readonly due: number;
  readonly channel: Channel;
  /** The agent was reminded. */
  readonly isDue: boolean;
  /** Where its words stand in the agent's stream. */
  readonly seq: number;
};

export type ChannelState = Readonly<ChannelStatus> & {
  /** While it is wrap-up: what it was before, for END-3's `previous`. */
  readonly before: Before | null;
};
export type Before = Pick<ChannelStatus, 'status' | 'reason' | 'until' | 'next'>;

export type Assignment =
  | {
      readonly phase: 'offered';
      readonly facts: OfferFacts;
      readonly answerBy: number | null;
      /** Where the offer's words stand in the agent's stream. */
      readonly seq: number;
    }
  | {
      readonly phase: 'active';
      readonly epoch: number;
      readonly role: Role;
      readonly channel: Channel;
    }
  | {
      /** Only an owner wraps up; a guest's own wrap-up stands apart. */
      readonly phase: 'wrapping';
      readonly epoch: number;
      readonly role: Role;
      readonly channel: Channel;
      /** STATE-1: while it lasts the channel's status is wrap-up. */
      readonly blocks: boolean;
    }
  /** END-7: in the workbin; it doesn't count. */
  | {
      readonly phase: 'parked';
      readonly epoch: number;
      readonly role: Role;
      readonly channel: Channel;
      readonly until: number;
    };

/** `seq`: where its words stand in the agent's stream. */
export type RequestToMe = { readonly facts: RequestFacts; readonly seq: number };

/** `since`: the seq of its beginning in the agent's stream. */
export type OwnWrapUp = {
  readonly channel: Channel;
  readonly until: number;
  readonly since: number;
};

const loggedOff: ChannelState = {
  status: 'logged-off',
  reason: null,
  since: 0,
  until: null,
  next: 'stay',
  pending: null,
  before: null,
};

export const newAgent = (agent: AgentId): AgentState => ({
  agent,
  desk: null,
  reach: { reachable: false, since: 0, at: 0 },
  channels: {
    chat: loggedOff,
    voice: loggedOff,
    email: loggedOff,
    messaging: loggedOff,
    'work-item': loggedOff,
  },
  doNotDisturb: false,
  idle: false,
  canShow: true,
  rejectsInRow: 0,
  lastAcceptedAt: 0,
  assignments: {},
  requests: {},
  ownWrapUps: {},
  commitments: {},
});

/**
 * CAP-1: what is offered and in wrap-up counts, as an owner, guest or consultant; what is parked
 * doesn't, nor does listening.
 */
export const loadOf = (state: AgentState, channel: Channel): number => {
  let load = 0;
  for (const id in state.ownWrapUps) if (state.ownWrapUps[id]?.channel === channel) load++;
  for (const id in state.assignments) {
    const held = state.assignments[id];
    if (held !== undefined && channelOf(held) === channel && counts(held)) load++;
  }
  return load;
};

const counts = (held: Assignment): boolean =>
  held.phase === 'offered' || (held.phase !== 'parked' && held.role !== 'monitor');

export const channelOf = (held: Assignment): Channel =>
  held.phase === 'offered' ? held.facts.channel : held.channel;

/**
 * Interactions that the agent is at work on, in whatever role, wrap-up included; one may be there
 * twice, since what is wrapped up for oneself may have come back.
 */
export const ownedBy = (state: AgentState): string[] => [
  ...Object.entries(state.assignments).flatMap(([id, { phase }]) =>
    phase === 'active' || phase === 'wrapping' ? [id] : [],
  ),
  ...Object.keys(state.ownWrapUps),
];

/** HAND-7: how many interactions a supervisor listens to. */
export const listensTo = (state: AgentState): number =>
  Object.values(state.assignments).filter(
    (held) => held.phase === 'active' && held.role === 'monitor',
  ).length;

/** The workbin (END-7). */
export const parkedBy = (state: AgentState): string[] =>
  Object.entries(state.assignments).flatMap(([id, { phase }]) => (phase === 'parked' ? [id] : []));

/** What colleagues ask of this agent, unanswered. */
export const requestsTo = (state: AgentState): RequestFacts[] =>
  Object.values(state.requests).map((one) => one.facts);

/** Is the agent at work on this channel, own wrap-ups included? What only rings is no work yet. */
export const isHolding = (state: AgentState, channel: Channel): boolean =>
  Object.values(state.ownWrapUps).some((own) => own.channel === channel) ||
  Object.values(state.assignments).some(
    (held) => held.phase !== 'offered' && counts(held) && held.channel === channel,
  );

/** STATE-1: is one of the channel's interactions in a wrap-up that blocks? */
export const isBlocked = (state: AgentState, channel: Channel): boolean =>
  Object.values(state.assignments).some(
    (held) => held.phase === 'wrapping' && held.blocks && held.channel === channel,
  );

/** CAP-2: a call rings or is being talked in. */
export const isOnCall = (state: AgentState): boolean =>
  Object.values(state.assignments).some(
    (held) => held.phase !== 'wrapping' && counts(held) && channelOf(held) === 'voice',
  );

export const ringing = (state: AgentState): (Assignment & { phase: 'offered' })[] =>
  Object.values(state.assignments).filter((one) => one.phase === 'offered');

export const isLoggedOn = (state: AgentState, channel: Channel): boolean =>
  state.channels[channel].status !== 'logged-off';

export const loggedOn = (state: AgentState): Channel[] =>
  channels.filter((channel) => isLoggedOn(state, channel));

/** STATE-2: an allow-list. Room is another question. */
export const isRoutable = (state: AgentState, channel: Channel): boolean =>
  state.desk !== null &&
  state.reach.reachable &&
  state.channels[channel].status === 'ready' &&
  state.channels[channel].pending === null &&
  !state.doNotDisturb &&
  state.canShow;

export const offerOf = (
  state: AgentState,
  offer: OfferId,
): (Assignment & { phase: 'offered' }) | null =>
  ringing(state).find((one) => one.facts.offer === offer) ?? null;
