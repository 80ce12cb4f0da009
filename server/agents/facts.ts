import type { AgentEvent, ChangedBy } from '../../protocol/agent-events.ts';
import type { Channel, Content, Next, StatusName } from '../../protocol/parts.ts';
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

export const bySystem: ChangedBy = { kind: 'system' };

/** STATE-5. */
export type Term = { readonly until: number | null; readonly next: Next };
const asLongAsItTakes: Term = { until: null, next: 'stay' };

/** STATE-10: every change is an event; a change to what already is, is none. */
export function statusChanged(
  state: AgentState,
  channel: Channel,
  to: StatusName,
  reason: string | null,
  by: ChangedBy,
  { until, next }: Term = asLongAsItTakes,
): AgentEvent[] {
  const now = state.channels[channel];
  const same =
    now.status === to && now.reason === reason && now.until === until && now.next === next;
  return same
    ? []
    : [{ type: 'status-changed', channel, from: now.status, to, reason, until, next, by }];
}

export const pendingCleared = (state: AgentState, channel: Channel): AgentEvent[] =>
  state.channels[channel].pending === null ? [] : [{ type: 'pending-cleared', channel }];
