import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { Content, StatusName } from '../../protocol/parts.ts';
import type { AgentState } from './state.ts';

export type AgentFact = { readonly body: AgentEvent; readonly content?: Content };

/** New events of one agent, and the seqs of older ones whose words go. */
export type AgentOutcome = {
  readonly facts: readonly AgentFact[];
  readonly blank: readonly number[];
};

export const nothing: AgentOutcome = { facts: [], blank: [] };

export const only = (...bodies: readonly AgentEvent[]): AgentOutcome => ({
  facts: bodies.map((body) => ({ body })),
  blank: [],
});

/** STATE-10: every change is an event; a change to what already is, is none. */
export const statusChanged = (
  state: AgentState,
  to: StatusName,
  reason: string | null,
  by: 'agent' | 'system' | 'supervisor',
): AgentEvent[] =>
  state.chat.status === to && state.chat.reason === reason
    ? []
    : [{ type: 'status-changed', channel: 'chat', from: state.chat.status, to, reason, by }];
