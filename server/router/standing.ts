import type { Channel } from '../../protocol/parts.ts';
import { type AgentState, isRoutable, loadOf, ringing } from '../agents/state.ts';
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
  const load = loadOf(state) + (asked.get(channel) ?? 0);
  const stands = availability({
    signedIn: state.desk !== null,
    reachable: state.reach.reachable,
    status: state.chat.status,
    pending: state.pending !== null,
    canShow: state.canShow,
    load,
    limit: limitOn(channel, limits),
    rings: ringing(state).length + askedAtAll,
    /** ROUTE-5. */
    ringsAtOnce: isReturning ? 1 : limits.ringsAtOnce,
  });
  return { stands, load };
}

export const limitOn = (
  channel: Channel,
  { chatLimit, limits }: ReturnType<RoutingSetup['limits']>,
): number => (channel === 'chat' ? chatLimit : limits[channel]);

export const isRoutableAnywhere = (state: AgentState): boolean => isRoutable(state);
