import type { AgentId } from '../protocol/ids.ts';
import type { MemberRole } from '../protocol/members.ts';
import { granted } from './agents/membership.ts';
import { type Change, change } from './change.ts';
import type { World } from './decision.ts';
import { joins } from './interactions/members.ts';
import { channelOf, type InteractionState } from './interactions/state.ts';

/** Both halves of a new membership beside the owner's. */
export const comes = (
  state: InteractionState,
  who: { readonly agent: AgentId; readonly name: string },
  role: MemberRole,
  world: World,
): Change =>
  change(joins(state, who, role), [
    who.agent,
    granted(world.agent(who.agent), state.id, state.epoch + 1, role, channelOf(state)),
  ]);
