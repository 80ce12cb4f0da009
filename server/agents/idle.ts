import type { AgentEvent } from '../../protocol/agent-events.ts';
import { channels } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type AgentOutcome, bySystem, nothing, only, statusChanged } from './facts.ts';
import { AWAY, away } from './pending.ts';
import type { AgentPolicy } from './policy.ts';
import { type AgentState, isHolding } from './state.ts';
import { pendingSet } from './status.ts';

/**
 * STATE-7: a locked screen makes what is ready not ready (with open work: pending), unlocking
 * undoes it. What the agent chose, not ready or pending, is never overwritten.
 */
export function setIdle(
  state: AgentState,
  idle: boolean,
  policy: AgentPolicy,
): AgentOutcome | RefusalName {
  if (state.desk === null) return 'not-signed-in';
  if (state.idle === idle) return nothing;
  return only(...(idle ? gone(state, policy) : back(state)));
}

const gone = (state: AgentState, { pendingNotReady }: AgentPolicy): AgentEvent[] => [
  { type: 'idle-set', idle: true },
  ...channels
    .filter((channel) => {
      const { status, pending } = state.channels[channel];
      return status === 'ready' && pending === null;
    })
    .flatMap((channel) =>
      pendingNotReady && isHolding(state, channel)
        ? pendingSet(state, channel, pendingAway)
        : away(state, channel),
    ),
];

/** Somebody is there again. */
export const back = (state: AgentState): AgentEvent[] => [
  { type: 'idle-set', idle: false },
  ...channels.flatMap((channel): AgentEvent[] => {
    const { status, reason, pending } = state.channels[channel];
    if (status === 'not-ready' && reason === AWAY && pending === null)
      return statusChanged(state, channel, 'ready', null, bySystem);
    return pending?.reason === AWAY ? [{ type: 'pending-cleared', channel }] : [];
  }),
];

const pendingAway = {
  to: 'not-ready',
  reason: AWAY,
  durationMs: null,
  next: 'stay',
  by: bySystem,
} as const;
