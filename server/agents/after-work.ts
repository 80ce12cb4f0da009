import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { Channel } from '../../protocol/parts.ts';
import { bySystem, statusChanged } from './facts.ts';
import { AWAY, duePending, pendingNow, readyOrAway } from './pending.ts';
import { type AgentState, type Before, isBlocked } from './state.ts';

/** END-3: what a channel's status is after a wrap-up that blocked; `manual`: the agent says. */
export type StatusAfter = 'previous' | 'ready' | 'not-ready' | 'manual';

/**
 * What follows on a channel once work on it has ended: what was pending, if it was the last one
 * (STATE-4), and the status after the last wrap-up that blocked (END-3). `state` is the one after.
 */
export function afterWork(
  state: AgentState,
  channel: Channel,
  wasBlocked: boolean,
  statusAfter: StatusAfter,
  now: number,
): AgentEvent[] {
  const due = duePending(state, channel, now);
  if (due.length > 0) return due;
  return wasBlocked && !isBlocked(state, channel)
    ? unblocked(state, channel, statusAfter, now)
    : [];
}

function unblocked(
  state: AgentState,
  channel: Channel,
  statusAfter: StatusAfter,
  now: number,
): AgentEvent[] {
  const { status, before, pending } = state.channels[channel];
  if (status !== 'wrap-up' || before === null) return [];
  /** More work waits to be finished first: nothing else is decided before. */
  const after = pending === null ? statusAfter : 'previous';
  if (after === 'manual') return [];
  if (after === 'ready' || isReady(before)) {
    if (after === 'not-ready')
      return statusChanged(state, channel, 'not-ready', AFTER_WRAP_UP, bySystem);
    /** What is pending says what becomes of who is away, too; until then nothing is offered anyway. */
    return pending === null
      ? readyOrAway(state, channel)
      : statusChanged(state, channel, 'ready', null, bySystem);
  }
  if (pending !== null) return pendingNow(state, channel, pending, now);
  return statusChanged(state, channel, before.status, before.reason, bySystem, before);
}

/** Also who was away before: whether they still are is known. */
const isReady = ({ status, reason }: Before): boolean => status === 'ready' || reason === AWAY;

const AFTER_WRAP_UP = 'after-wrap-up';
