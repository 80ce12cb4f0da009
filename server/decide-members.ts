import type { AgentCommand } from '../protocol/commands.ts';
import type { AgentId } from '../protocol/ids.ts';
import { ownWrapUpEnded } from './agents/membership.ts';
import { refusesTaking } from './agents/offers.ts';
import { change, decisionOf, together, unchanged } from './change.ts';
import { comes } from './coming.ts';
import { request, transfer } from './decide-transfer.ts';
import { type Context, type Decision, events, refused, type World } from './decision.ts';
import type { Actor, SystemCommand } from './interactions/command.ts';
import { fact } from './interactions/facts.ts';
import { MEMBERS_MAX } from './interactions/members.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { openRequestTo } from './interactions/requests.ts';
import {
  channelOf,
  type InteractionState,
  memberOf,
  type Request,
  requestOf,
} from './interactions/state.ts';
import { refusesTarget } from './outside-team.ts';
import { holds, isMember, ownershipPasses } from './ownership.ts';
import { membersPart, parts, requestEnds } from './parting.ts';

type Agent = Extract<Actor, { readonly kind: 'agent' }>;

/** What colleagues do around an interaction (HAND). */
export type MemberCommand = Extract<
  AgentCommand,
  {
    readonly type:
      | 'transfer'
      | 'request'
      | 'cancel-request'
      | 'accept-request'
      | 'reject-request'
      | 'remove-guest'
      | 'end-conference'
      | 'hand-ownership'
      | 'leave'
      | 'finish-own-wrap-up';
  }
>;

export function decideMembers(
  command: MemberCommand,
  agent: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const { now } = context;
  switch (command.type) {
    case 'transfer':
      return transfer(command, agent, state, policy, world, context);
    case 'request':
      return request(command, agent, state, policy, world, context);
    case 'cancel-request': {
      const open = requestOf(state, command.request);
      return open === null
        ? refused('request-over')
        : decisionOf(state, requestEnds(open, 'cancelled', world));
    }
    case 'reject-request': {
      const open = openRequestTo(state, command.request, agent.id);
      return open === null
        ? refused('request-over')
        : decisionOf(state, requestEnds(open, 'rejected', world));
    }
    case 'accept-request': {
      const open = openRequestTo(state, command.request, agent.id);
      return open === null
        ? refused('request-over')
        : accept(open, agent, state, policy, world, context);
    }
    case 'remove-guest': {
      const member = memberOf(state, command.agent);
      return member === null || member.role === 'monitor'
        ? refused('not-inside')
        : decisionOf(state, parts(state, member, 'removed', policy, world, now));
    }
    case 'leave': {
      const member = memberOf(state, agent.id);
      return member === null
        ? refused('not-inside')
        : decisionOf(state, parts(state, member, 'left', policy, world, now));
    }
    case 'end-conference': {
      const invited = state.requests.filter((one) => one.kind === 'join');
      return decisionOf(
        state,
        together(
          ...invited.map((one) => requestEnds(one, 'over', world)),
          membersPart(state, ['guest'], policy, world, now),
        ),
      );
    }
    case 'hand-ownership': {
      if (state.status.name !== 'active') return refused('not-active');
      const guest = memberOf(state, command.to);
      if (guest?.role !== 'guest') return refused('not-inside');
      const no = refusesTarget(agent.id, { kind: 'agent', agent: command.to }, context);
      if (no !== null) return refused(no);
      const passing = {
        from: agent.id,
        to: guest,
        reason: 'handed-over',
        stays: agent,
        answered: null,
      } as const;
      return decisionOf(state, ownershipPasses(state, passing, policy, world, now));
    }
    case 'finish-own-wrap-up': {
      const { note } = command;
      return ownWrapUpOver(state, agent.id, 'agent', note.trim() === '' ? null : note, world);
    }
    default:
      return command satisfies never;
  }
}

/** HAND-2, HAND-5, HAND-6: the colleague says yes. */
function accept(
  open: Request,
  agent: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const { now } = context;
  const own = world.agent(agent.id);
  const no = holds(state, agent.id)
    ? null
    : refusesTaking(own, channelOf(state), context.agent(agent.id));
  if (no !== null) return refused(no);
  const self = { agent: agent.id, name: agent.name };
  const answered = requestEnds(open, 'accepted', world);
  if (open.kind === 'transfer') {
    const passing = {
      from: open.from,
      to: self,
      reason: 'transferred',
      stays: null,
      answered: open,
    } as const;
    return decisionOf(
      state,
      together(answered, ownershipPasses(state, passing, policy, world, now)),
    );
  }
  if (!isMember(state, agent.id) && state.members.length >= MEMBERS_MAX)
    return refused('conference-full');
  const role = open.kind === 'join' ? 'guest' : 'consultant';
  return decisionOf(state, together(answered, comes(state, self, role, world)));
}

type SystemMemberCommand = Extract<
  SystemCommand,
  { readonly type: 'request-expired' | 'member-lost' | 'own-wrap-up-over' }
>;

/** What the router says when a time is over. */
export function decideMembersInTime(
  command: SystemMemberCommand,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  { now }: Context,
): Decision {
  switch (command.type) {
    case 'request-expired': {
      const open = requestOf(state, command.request);
      return open === null || open.until > now
        ? events([], [])
        : decisionOf(state, requestEnds(open, 'expired', world));
    }
    case 'member-lost': {
      const { reach } = world.agent(command.agent);
      const member = memberOf(state, command.agent);
      return member === null || reach.reachable || reach.since !== command.since
        ? events([], [])
        : decisionOf(state, parts(state, member, 'lost', policy, world, now));
    }
    case 'own-wrap-up-over': {
      const own = world.agent(command.agent).ownWrapUps[state.id];
      return own?.since !== command.since
        ? events([], [])
        : ownWrapUpOver(state, command.agent, 'system', null, world);
    }
    default:
      return command satisfies never;
  }
}

function ownWrapUpOver(
  state: InteractionState,
  agent: AgentId,
  by: 'agent' | 'system',
  note: string | null,
  world: World,
): Decision {
  if (!state.ownWrapUps.includes(agent)) return decisionOf(state, unchanged);
  const ended = fact(
    { type: 'own-wrap-up-ended', agent, by },
    note === null ? undefined : { note },
  );
  return decisionOf(
    state,
    change([ended], [agent, ownWrapUpEnded(world.agent(agent), state.id, by)]),
  );
}
