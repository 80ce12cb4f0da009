import type { OfferFacts } from '../../protocol/agent-events.ts';
import type { AgentId, DeskId, InteractionId, OfferId } from '../../protocol/ids.ts';
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
  | { readonly phase: 'active' | 'wrapping'; readonly epoch: number }
  /** END-7: in the workbin; it doesn't count. */
  | { readonly phase: 'parked'; readonly epoch: number; readonly until: number };

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
  commitments: {},
});

/** CAP-1: what is offered and in wrap-up counts, what is parked doesn't. */
export const loadOf = (state: AgentState): number =>
  Object.values(state.assignments).filter(({ phase }) => phase !== 'parked').length;

/** Interactions that the agent is at work on, wrap-up included. */
export const ownedBy = (state: AgentState): string[] =>
  Object.entries(state.assignments).flatMap(([id, { phase }]) =>
    phase === 'active' || phase === 'wrapping' ? [id] : [],
  );

/** The workbin (END-7). */
export const parkedBy = (state: AgentState): string[] =>
  Object.entries(state.assignments).flatMap(([id, { phase }]) => (phase === 'parked' ? [id] : []));

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
