import type { AgentCommand } from '../../protocol/commands.ts';

/**
 * The lane of a command: one interaction, or the agent. Within a lane one row is on the way at a
 * time, so that a row that must wait (`try-later`) is never overtaken by the next one.
 */
export const laneOf = (command: AgentCommand): string =>
  'interaction' in command ? command.interaction : agentLane;

/** No interaction's id has a colon. */
const agentLane = 'agent:';
