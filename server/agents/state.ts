import type { OfferFacts } from '../../protocol/agent-events.ts';
import type { AgentId, DeskId, OfferId } from '../../protocol/ids.ts';
import type { StatusName } from '../../protocol/parts.ts';

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
};

export type Assignment =
  | {
      readonly phase: 'offered';
      readonly facts: OfferFacts;
      readonly answerBy: number | null;
      /** Where the offer's words stand in the agent's stream. */
      readonly seq: number;
    }
  | { readonly phase: 'active' | 'wrapping'; readonly epoch: number };

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
});

/** CAP-1: what is offered and in wrap-up counts. */
export const loadOf = (state: AgentState): number => Object.keys(state.assignments).length;

/** Interactions that the agent answers for, wrap-up included. */
export const ownedBy = (state: AgentState): string[] =>
  Object.keys(state.assignments).filter((id) => state.assignments[id]?.phase !== 'offered');

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
