import type { DeskId } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type AgentOutcome, nothing, only, statusChanged } from './facts.ts';
import { type AgentState, ownedBy, ringing } from './state.ts';

/**
 * STATE-4, OFFER-5: to ready at once (it also takes a pending not-ready back and clears a RONA);
 * to not ready at once without open work, else pending. Ringing offers were rescinded before
 * (STATE-6): they don't count as work here.
 */
export function setStatus(
  state: AgentState,
  to: 'ready' | 'not-ready',
  reason: string | null,
  pendingNotReady: boolean,
): AgentOutcome | RefusalName {
  if (state.desk === null) return 'not-signed-in';
  const clear = state.pending === null ? [] : [{ type: 'pending-cleared' } as const];
  if (to === 'ready') return only(...clear, ...statusChanged(state, 'ready', null, 'agent'));
  if (state.chat.status === 'ready' && pendingNotReady && ownedBy(state).length > 0)
    return state.pending?.reason === reason && state.pending !== null
      ? nothing
      : only({ type: 'pending-set', reason });
  return only(...clear, ...statusChanged(state, 'not-ready', reason, 'agent'));
}

/** STATE-9: not while something is owned or rings. */
export function signOut(state: AgentState): AgentOutcome | RefusalName {
  if (ownedBy(state).length > 0) return 'still-owning';
  if (ringing(state).length > 0) return 'offer-ringing';
  if (state.desk === null) return nothing;
  return only(...statusChanged(state, 'logged-off', null, 'agent'), { type: 'signed-out' });
}

/**
 * A desk has said hello. The first one, or one that claims, becomes the live desk (STATE-11);
 * another one's hello without a claim is refused. After being signed out: not ready (STATE-2).
 */
export function deskConnected(
  state: AgentState,
  desk: DeskId,
  claim: boolean,
): AgentOutcome | RefusalName {
  if (state.desk !== null && state.desk !== desk && !claim) return 'open-elsewhere';
  return only(
    ...(state.desk === desk ? [] : [{ type: 'signed-in', desk } as const]),
    ...(state.desk === null ? statusChanged(state, 'not-ready', 'signed-in', 'system') : []),
    ...(state.reach.reachable ? [] : [{ type: 'reachable' } as const]),
  );
}

/** STATE-8: 25 s of silence. */
export const agentSilent = (state: AgentState): AgentOutcome =>
  state.desk === null || !state.reach.reachable ? nothing : only({ type: 'unreachable' });

/** STATE-8: unreachable for 10 min. It stays so on return; RONA and refused only the agent clears (OFFER-5). */
export function agentGone(state: AgentState, since: number): AgentOutcome {
  if (state.desk === null || state.reach.reachable || state.reach.since !== since) return nothing;
  if (state.chat.status !== 'ready') return nothing;
  return only(
    ...statusChanged(state, 'not-ready', 'unreachable', 'system'),
    ...(state.pending === null ? [] : [{ type: 'pending-cleared' } as const]),
  );
}

export const canShow = (state: AgentState): AgentOutcome =>
  state.canShow ? nothing : only({ type: 'can-show' });
