import type { AgentCommand } from '../protocol/commands.ts';
import { limits } from '../protocol/limits.ts';
import { refusesTaking } from './agents/offers.ts';
import { listensTo } from './agents/state.ts';
import { change, decisionOf, together } from './change.ts';
import { comes } from './coming.ts';
import { type Context, type Decision, refused, type World } from './decision.ts';
import type { Actor } from './interactions/command.ts';
import { MEMBERS_MAX } from './interactions/members.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { postSide } from './interactions/side-talk.ts';
import { channelOf, type InteractionState, roleOf } from './interactions/state.ts';
import { holds, isMember, ownershipPasses } from './ownership.ts';
import { requestEnds } from './parting.ts';

type Agent = Extract<Actor, { readonly kind: 'agent' }>;

/** What supervisors do beside the owner (HAND-7), and what is said there to the owner alone. */
export type SupervisorCommand = Extract<
  AgentCommand,
  { readonly type: 'post-side' | 'monitor' | 'barge-in' | 'take-over' }
>;

export function decideSupervisor(
  command: SupervisorCommand,
  agent: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const { now } = context;
  const self = { agent: agent.id, name: agent.name };
  if (command.type === 'post-side') {
    const said = postSide(state, self, command.with, command.text);
    return typeof said === 'string' ? refused(said) : decisionOf(state, change(said));
  }
  if (state.status.name !== 'active') return refused('not-active');
  /** Signed out in the same moment: nobody holds anything without a desk. */
  if (world.agent(agent.id).desk === null) return refused('not-signed-in');
  const role = roleOf(state, agent.id);
  if (role === 'owner' || role === becomes[command.type]) return refused('already-inside');
  /** Whoever has a voice in it already doesn't fall silent. */
  if (command.type === 'monitor' && role !== null) return refused('already-inside');
  /** TRUST-5: it is no load, but each one is a copy on the desk and a row in every snapshot. */
  if (command.type === 'monitor' && listensTo(world.agent(agent.id)) >= limits.listening)
    return refused('no-room');
  /** An owner takes the place of one who goes. */
  if (command.type !== 'take-over' && !isMember(state, agent.id))
    if (state.members.length >= MEMBERS_MAX) return refused('conference-full');
  /** CAP-3: listening is no load. */
  if (command.type !== 'monitor' && !holds(state, agent.id)) {
    const no = refusesTaking(world.agent(agent.id), channelOf(state), context.agent(agent.id));
    if (no !== null) return refused(no);
  }
  if (command.type === 'take-over') {
    const { owner: from } = state.status;
    const passing = { from, to: self, reason: 'taken-over', stays: null, answered: null } as const;
    return decisionOf(state, ownershipPasses(state, passing, policy, world, now));
  }
  /** What was asked of them has come by itself. */
  const asked = state.requests.filter((one) => one.to === agent.id && one.kind !== 'transfer');
  return decisionOf(
    state,
    together(
      ...asked.map((one) => requestEnds(one, 'over', world)),
      comes(state, self, becomes[command.type], world),
    ),
  );
}

const becomes = { monitor: 'monitor', 'barge-in': 'guest', 'take-over': 'owner' } as const;
