import type { AgentEvent, ChangedBy, Pending } from '../../protocol/agent-events.ts';
import { type Channel, channels } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import {
  type AgentOutcome,
  bySystem,
  nothing,
  only,
  pendingCleared,
  statusChanged,
} from './facts.ts';
import { readyOrAway } from './pending.ts';
import type { AgentPolicy } from './policy.ts';
import { type AgentState, isBlocked, isHolding, isLoggedOn } from './state.ts';

/** What somebody wants a status to be. */
export type Wish = Omit<Pending, 'by'> & { readonly channel: Channel | 'all' };

/**
 * STATE-1, STATE-4, OFFER-5: to ready at once (it also takes a pending one back and clears RONA
 * and refused), but for a wrap-up that blocks; to not ready at once without open work, else
 * pending. Ringing offers are rescinded apart (STATE-6): they don't count as work here.
 */
export function setStatus(
  state: AgentState,
  wish: Wish,
  by: ChangedBy,
  policy: AgentPolicy,
  now: number,
): AgentOutcome | RefusalName {
  if (state.desk === null) return by.kind === 'agent' ? 'not-signed-in' : 'agent-signed-out';
  const chosen = switched(state, wish.channel, policy);
  if (chosen.length === 0) return 'channel-not-given';
  return only(...chosen.flatMap((channel) => setOne(state, channel, wish, by, policy, now)));
}

/** The one switch turns what is given and logged on; where nothing is logged on, all that is given. */
function switched(state: AgentState, channel: Channel | 'all', { limits }: AgentPolicy): Channel[] {
  const given = channels.filter((one) => limits[one] > 0 || isLoggedOn(state, one));
  if (channel !== 'all') return given.includes(channel) ? [channel] : [];
  const on = given.filter((one) => isLoggedOn(state, one));
  return on.length > 0 ? on : given;
}

function setOne(
  state: AgentState,
  channel: Channel,
  { to, reason, durationMs, next }: Wish,
  by: ChangedBy,
  policy: AgentPolicy,
  now: number,
): AgentEvent[] {
  const wish: Pending =
    to === 'not-ready'
      ? { to, reason, durationMs, next: durationMs === null ? 'stay' : next, by }
      : { to, reason: null, durationMs: null, next: 'stay', by };
  if (mustWait(state, channel, to, policy)) return pendingSet(state, channel, wish);
  return [
    ...pendingCleared(state, channel),
    ...statusChanged(state, channel, to, wish.reason, by, {
      until: wish.durationMs === null ? null : now + wish.durationMs,
      next: wish.next,
    }),
    ...(to === 'ready' ? blockedAgain(state, channel) : []),
  ];
}

/** A channel is never logged off under its work. */
function mustWait(
  state: AgentState,
  channel: Channel,
  to: Pending['to'],
  { pendingNotReady }: AgentPolicy,
): boolean {
  const { status } = state.channels[channel];
  if (to === 'ready') return status === 'wrap-up' && isBlocked(state, channel);
  if (!isHolding(state, channel)) return false;
  return to === 'logged-off' || (pendingNotReady && (status === 'ready' || status === 'wrap-up'));
}

export function pendingSet(state: AgentState, channel: Channel, wish: Pending): AgentEvent[] {
  const { pending } = state.channels[channel];
  const same =
    pending?.to === wish.to &&
    pending.reason === wish.reason &&
    pending.durationMs === wish.durationMs &&
    pending.next === wish.next;
  return same ? [] : [{ type: 'pending-set', channel, ...wish }];
}

/** Chosen from RONA or not ready during a wrap-up that blocks: it is ready after that. */
const blockedAgain = (state: AgentState, channel: Channel): AgentEvent[] =>
  isBlocked(state, channel)
    ? [
        {
          type: 'status-changed',
          channel,
          from: 'ready',
          to: 'wrap-up',
          reason: null,
          until: null,
          next: 'stay',
          by: bySystem,
        },
      ]
    : [];

/** STATE-5: the time is over; only who chose so is ready again by themselves. */
export function statusTimeOver(state: AgentState, channel: Channel, until: number): AgentOutcome {
  const now = state.channels[channel];
  if (now.status !== 'not-ready' || now.next !== 'ready' || now.until !== until) return nothing;
  const after = readyOrAway(state, channel);
  return only(...after, ...(state.idle ? [] : blockedAgain(state, channel)));
}

/** STATE-3. */
export function setDoNotDisturb(state: AgentState, on: boolean): AgentOutcome | RefusalName {
  if (state.desk === null) return 'not-signed-in';
  return state.doNotDisturb === on ? nothing : only({ type: 'do-not-disturb-set', on });
}
