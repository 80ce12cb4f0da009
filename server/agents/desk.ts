import type { AgentEvent, ChangedBy } from '../../protocol/agent-events.ts';
import type { DeskId } from '../../protocol/ids.ts';
import { channels } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import {
  type AgentOutcome,
  bySystem,
  nothing,
  only,
  pendingCleared,
  statusChanged,
} from './facts.ts';
import { back } from './idle.ts';
import { AWAY } from './pending.ts';
import type { AgentPolicy } from './policy.ts';
import { type AgentState, type ChannelState, loggedOn, ownedBy, ringing } from './state.ts';

/**
 * A desk has said hello. The first one, or one that claims, becomes the live desk (STATE-11);
 * another one's hello without a claim is refused. After being signed out: not ready (STATE-2) on
 * every channel that is given (STATE-12); else on those that have come to be given.
 */
export function deskConnected(
  state: AgentState,
  desk: DeskId,
  claim: boolean,
  { limits }: AgentPolicy,
): AgentOutcome | RefusalName {
  if (state.desk !== null && state.desk !== desk && !claim) return 'open-elsewhere';
  const given = channels.filter((channel) => limits[channel] > 0);
  const signsIn = given.filter(
    (channel) => state.desk === null || neverHadStatus(state.channels[channel]),
  );
  return only(
    ...(state.desk === desk ? [] : [{ type: 'signed-in', desk } as const]),
    ...signsIn.flatMap((channel) =>
      statusChanged(state, channel, 'not-ready', 'signed-in', bySystem),
    ),
    // Whoever takes the desk to another machine isn't away from that one.
    ...(state.idle && state.desk !== desk ? back(state) : []),
    ...(state.reach.reachable ? [] : [{ type: 'reachable' } as const]),
  );
}

/** Given since the agent signed in, or by a program that knew more channels: nobody has logged it off. */
const neverHadStatus = ({ status, since }: ChannelState): boolean =>
  status === 'logged-off' && since === 0;

/** STATE-9: not while something is owned or rings. */
export function signOut(state: AgentState): AgentOutcome | RefusalName {
  if (ownedBy(state).length > 0) return 'still-owning';
  if (ringing(state).length > 0) return 'offer-ringing';
  if (state.desk === null) return nothing;
  return only(
    ...loggedOn(state).flatMap((channel) =>
      statusChanged(state, channel, 'logged-off', null, byAgent),
    ),
    { type: 'signed-out' },
  );
}

const byAgent: ChangedBy = { kind: 'agent' };

/** STATE-8: 25 s of silence. */
export const agentSilent = (state: AgentState): AgentOutcome =>
  state.desk === null || !state.reach.reachable ? nothing : only({ type: 'unreachable' });

/**
 * STATE-8: unreachable for 10 min. It stays so on return, and a status that was to end in ready
 * stays as well; RONA and refused only the agent clears (OFFER-5).
 */
export function agentGone(state: AgentState, since: number): AgentOutcome {
  if (state.desk === null || state.reach.reachable || state.reach.since !== since) return nothing;
  return only(
    ...channels.flatMap((channel): AgentEvent[] => {
      const { status, reason, until, next } = state.channels[channel];
      if (status === 'ready' || status === 'wrap-up' || (status === 'not-ready' && reason === AWAY))
        return [
          ...statusChanged(state, channel, 'not-ready', 'unreachable', bySystem),
          ...pendingCleared(state, channel),
        ];
      return next === 'ready'
        ? statusChanged(state, channel, status, reason, bySystem, { until, next: 'stay' })
        : [];
    }),
  );
}

export const canShow = (state: AgentState): AgentOutcome =>
  state.canShow ? nothing : only({ type: 'can-show' });
