import type { ChangedBy } from '../protocol/agent-events.ts';
import type { AgentCommand } from '../protocol/commands.ts';
import { canShow, signOut } from './agents/desk.ts';
import { setIdle } from './agents/idle.ts';
import { setDoNotDisturb, setStatus } from './agents/status.ts';
import { type Context, type Decision, oneAgent, refused, type World } from './decision.ts';
import type { Actor } from './interactions/command.ts';

type StatusCommand = Extract<
  AgentCommand,
  {
    readonly type:
      | 'set-status'
      | 'set-agent-status'
      | 'set-do-not-disturb'
      | 'idle-set'
      | 'sign-out'
      | 'can-show';
  }
>;

/** Commands about an agent's own status, or by a supervisor about another's. */
export function decideStatus(
  command: StatusCommand,
  { id, name }: Extract<Actor, { readonly kind: 'agent' }>,
  world: World,
  context: Context,
): Decision {
  /** Asked only where it is the one the command is about: its stream is held then. */
  const own = () => world.agent(id);
  switch (command.type) {
    case 'set-status': {
      if (command.reason !== null && !context.isReason(command.reason))
        return refused('unknown-reason');
      const by: ChangedBy = { kind: 'agent' };
      return oneAgent(id, setStatus(own(), command, by, context.agent(id), context.now));
    }
    case 'set-agent-status': {
      const { agent } = command;
      if (command.reason !== null && !context.isReason(command.reason))
        return refused('unknown-reason');
      const wish = { ...command, durationMs: null, next: 'stay' } as const;
      const by: ChangedBy = { kind: 'supervisor', agent: id, name };
      return oneAgent(
        agent,
        setStatus(world.agent(agent), wish, by, context.agent(agent), context.now),
      );
    }
    case 'set-do-not-disturb':
      return oneAgent(id, setDoNotDisturb(own(), command.on));
    case 'idle-set':
      return oneAgent(id, setIdle(own(), command.idle, context.agent(id)));
    case 'sign-out':
      return oneAgent(id, signOut(own()));
    case 'can-show':
      return oneAgent(id, canShow(own()));
    default:
      return command satisfies never;
  }
}
