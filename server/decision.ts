import type { AgentId, InteractionId, QueueId } from '../protocol/ids.ts';
import type { WaitingTarget } from '../protocol/interaction-events.ts';
import type { Content } from '../protocol/parts.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { AgentOutcome } from './agents/facts.ts';
import type { AgentPolicy } from './agents/policy.ts';
import type { AgentState } from './agents/state.ts';
import type { StoredFile } from './interactions/attachments.ts';
import type { Fact, Outcome } from './interactions/facts.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import type { LastOwner } from './interactions/preferred.ts';
import type { InteractionState } from './interactions/state.ts';
import type { PushPage } from './interactions/talk.ts';

/** The states of all streams that a command touches. */
export type World = {
  readonly interaction: (id: InteractionId) => InteractionState | null;
  readonly agent: (id: AgentId) => AgentState;
};

export type Context = {
  readonly now: number;
  /** The id of a new interaction, made by the caller. */
  readonly newInteraction: InteractionId;
  /** The words an interaction was started with; only for what shows them to somebody outside (`needsWords`). */
  readonly words: Content;
  readonly queue: (state: { readonly queue: InteractionState['queue'] }) => QueuePolicy | null;
  readonly agent: (id: AgentId) => AgentPolicy;
  /** ROUTE-6. */
  readonly isOpen: (queue: QueueId, at: number) => boolean;
  /** ROUTE-4: who served the customer last; only for what begins to wait (`lastOwnerFor`). */
  readonly lastOwner: LastOwner | null;
  /** CHAT-6: those that are known of the files that a message names (`filesOf`). */
  readonly files: readonly StoredFile[];
  /** CHAT-7: null: nothing that may be opened. `site` as in the state. */
  readonly pushPage: (url: string, site: string | null) => PushPage | null;
  /** END-6: transcripts that the sender has asked for within the last hour. */
  readonly transcriptsLately: number;
  readonly isReason: (reason: string) => boolean;
  readonly isTag: (tag: string) => boolean;
  /** A colleague of the centre; null: unknown. */
  readonly person: (id: AgentId) => Colleague | null;
  /** Is there such a team or skill? */
  readonly isTarget: (target: WaitingTarget) => boolean;
};

export type Colleague = {
  readonly name: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
};

export type Decision =
  | {
      readonly type: 'events';
      readonly interactions: readonly (readonly [InteractionId, readonly Fact[]])[];
      readonly agents: readonly (readonly [AgentId, AgentOutcome])[];
    }
  | { readonly type: 'refused'; readonly refusal: RefusalName };

export const refused = (refusal: RefusalName): Decision => ({ type: 'refused', refusal });

export const events = (
  interactions: readonly (readonly [InteractionId, readonly Fact[]])[],
  agents: readonly (readonly [AgentId, AgentOutcome])[],
): Extract<Decision, { readonly type: 'events' }> => ({ type: 'events', interactions, agents });

export const oneInteraction = (id: InteractionId, outcome: Outcome): Decision =>
  typeof outcome === 'string' ? refused(outcome) : events([[id, outcome]], []);

export const oneAgent = (id: AgentId, outcome: AgentOutcome | RefusalName): Decision =>
  typeof outcome === 'string' ? refused(outcome) : events([], [[id, outcome]]);

/** What happens to the interaction; only if something does, its agent's half. */
export function both(
  id: InteractionId,
  outcome: Outcome,
  agent: AgentId | null,
  half: (agent: AgentId) => AgentOutcome,
): Decision {
  if (typeof outcome === 'string') return refused(outcome);
  if (outcome.length === 0 || agent === null) return events([[id, outcome]], []);
  return events([[id, outcome]], [[agent, half(agent)]]);
}
