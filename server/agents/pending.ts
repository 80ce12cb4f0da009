import type { AgentEvent, Pending } from '../../protocol/agent-events.ts';
import type { Channel } from '../../protocol/parts.ts';
import { bySystem, pendingCleared, statusChanged } from './facts.ts';
import { type AgentState, isBlocked, isHolding } from './state.ts';

/** STATE-4: what was pending on this channel happens, if its work allows it by now. */
export function duePending(state: AgentState, channel: Channel, now: number): AgentEvent[] {
  const { pending } = state.channels[channel];
  const waits = pending?.to === 'ready' ? isBlocked(state, channel) : isHolding(state, channel);
  return pending === null || waits ? [] : pendingNow(state, channel, pending, now);
}

/** It happens, whatever is held. */
export const pendingNow = (
  state: AgentState,
  channel: Channel,
  { to, reason, durationMs, next, by }: Pending,
  now: number,
): AgentEvent[] => [
  ...(to === 'ready' && state.idle
    ? away(state, channel)
    : statusChanged(state, channel, to, reason, by, {
        until: durationMs === null ? null : now + durationMs,
        next,
      })),
  ...pendingCleared(state, channel),
];

/** STATE-7: who isn't there doesn't become ready by themselves. */
export const readyOrAway = (state: AgentState, channel: Channel): AgentEvent[] =>
  state.idle ? away(state, channel) : statusChanged(state, channel, 'ready', null, bySystem);

export const away = (state: AgentState, channel: Channel): AgentEvent[] =>
  statusChanged(state, channel, 'not-ready', AWAY, bySystem);

/** The system's own reason; nobody can choose it. */
export const AWAY = 'away';
