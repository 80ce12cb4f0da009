import { type Channel, channels } from '../../protocol/parts.ts';
import { type AgentState, isOnCall, isRoutable, loadOf, ringing } from '../agents/state.ts';
import { type Availability, availability } from '../routing/candidate.ts';
import type { RoutingSetup } from './agents-index.ts';

/** Offers of ours that `handle` hasn't answered yet, by channel. */
export type Asked = ReadonlyMap<Channel, number>;

/** How an agent stands to one more interaction on a channel; unanswered offers count as load. */
export function standingOn(
  channel: Channel,
  state: AgentState,
  limits: ReturnType<RoutingSetup['limits']>,
  asked: Asked,
  isReturning: boolean,
): { readonly stands: Availability; readonly load: number } {
  let askedAtAll = 0;
  for (const n of asked.values()) askedAtAll += n;
  const load = loadOf(state, channel) + (asked.get(channel) ?? 0);
  const { status, pending } = state.channels[channel];
  const stands = availability({
    signedIn: state.desk !== null,
    reachable: state.reach.reachable,
    status,
    pending: pending !== null,
    doNotDisturb: state.doNotDisturb,
    canShow: state.canShow,
    load,
    limit: limits.limits[channel],
    rings: ringing(state).length + askedAtAll,
    /** ROUTE-5. */
    ringsAtOnce: isReturning ? 1 : limits.ringsAtOnce,
    onCall: limits.voiceBlocks && channel !== 'voice' && (isOnCall(state) || asked.has('voice')),
  });
  return { stands, load };
}

export const isRoutableAnywhere = (state: AgentState): boolean =>
  channels.some((channel) => isRoutable(state, channel));
