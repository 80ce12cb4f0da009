import type { OfferFacts, RequestFacts } from '../../protocol/agent-events.ts';
import type { AgentId, DeskId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { Channel, StatusName } from '../../protocol/parts.ts';

/** An agent, folded from their stream. */
export type AgentState = {
  readonly agent: AgentId;
  /** The live desk (STATE-11); null: signed out. */
  readonly desk: DeskId | null;
  /** STATE-8. `since` is the seq of the last change, `at` its time. */
  readonly reach: { readonly reachable: boolean; readonly since: number; readonly at: number };
  readonly chat: {
    readonly status: StatusName;
    readonly reason: string | null;
    readonly since: number;
  };
  readonly pending: { readonly reason: string | null } | null;
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

export type Assignment =
  | {
      readonly phase: 'offered';
      readonly facts: OfferFacts;
      readonly answerBy: number | null;
      /** Where the offer's words stand in the agent's stream. */
      readonly seq: number;
    }
  | {
      /** Only an owner wraps up; a guest's own wrap-up stands apart. */
      readonly phase: 'active' | 'wrapping';
      readonly epoch: number;
      readonly role: Role;
      readonly channel: Channel;
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

export const newAgent = (agent: AgentId): AgentState => ({
  agent,
  desk: null,
  reach: { reachable: false, since: 0, at: 0 },
  chat: { status: 'logged-off', reason: null, since: 0 },
  pending: null,
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
export const loadOf = (state: AgentState): number =>
  Object.keys(state.ownWrapUps).length +
  Object.values(state.assignments).filter(
    (one) => one.phase === 'offered' || (one.phase !== 'parked' && one.role !== 'monitor'),
  ).length;

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

/** The workbin (END-7). */
export const parkedBy = (state: AgentState): string[] =>
  Object.entries(state.assignments).flatMap(([id, { phase }]) => (phase === 'parked' ? [id] : []));

/** What colleagues ask of this agent, unanswered. */
export const requestsTo = (state: AgentState): RequestFacts[] =>
  Object.values(state.requests).map((one) => one.facts);

export const ringing = (state: AgentState): (Assignment & { phase: 'offered' })[] =>
  Object.values(state.assignments).filter((one) => one.phase === 'offered');

/** STATE-2: an allow-list. Room is another question. */
export const isRoutable = (state: AgentState): boolean =>
  state.desk !== null &&
  state.reach.reachable &&
  state.chat.status === 'ready' &&
  state.pending === null &&
  state.canShow;

export const offerOf = (
  state: AgentState,
  offer: OfferId,
): (Assignment & { phase: 'offered' }) | null =>
  ringing(state).find((one) => one.facts.offer === offer) ?? null;

/** A state that an older program stored, with what it didn't know of. */
export const lifted = (stored: AgentState): AgentState => ({
  ...newAgent(stored.agent),
  ...stored,
  assignments: Object.fromEntries(
    Object.entries(stored.assignments).map(([id, one]) => [
      id,
      one.phase === 'offered' ? one : { ...{ role: 'owner', channel: 'chat' }, ...one },
    ]),
  ),
});
