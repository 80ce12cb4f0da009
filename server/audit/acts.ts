import { agentStream, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import type { Actor, Command } from '../interactions/command.ts';
import { type InteractionState, roleOf } from '../interactions/state.ts';
import type { AuditEntry } from '../store/contract.ts';

/** Somebody at the server's own command line, or who wrote the centre's file. */
export const OPERATOR = 'operator';

/**
 * What is audited of a command that was let in: what supervisors and admins do to work and people
 * that aren't theirs (TRUST-4, HAND-7). `before`: an interaction as it was.
 */
export function auditedActs(
  actor: Actor,
  command: Command,
  before: (interaction: InteractionId) => InteractionState | null,
): readonly AuditEntry[] {
  if (actor.kind !== 'agent') return [];
  const state =
    'interaction' in command && command.interaction ? before(command.interaction) : null;
  const role = state === null ? null : roleOf(state, actor.id);
  const act = (action: string, object: string): AuditEntry[] => [
    { actor: actor.id, action, object },
  ];
  switch (command.type) {
    case 'monitor':
    case 'barge-in':
    case 'take-over':
      return act(command.type, interactionStream(command.interaction));
    case 'end':
      return role === 'owner' ? [] : act('end', interactionStream(command.interaction));
    case 'post-side':
      return role === 'monitor' ? act('whisper', interactionStream(command.interaction)) : [];
    case 'set-agent-status':
      return act('set-agent-status', agentStream(command.agent));
    default:
      return [];
  }
}
