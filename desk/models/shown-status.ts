import type { ChannelStatus } from '../../protocol/agent-events.ts';
import { type Channel, channels, type StatusName } from '../../protocol/parts.ts';
import type { AgentCopy } from '../disk/rows.ts';

/** STATE-12: what is not given is hidden. */
export const givenChannels = (agent: AgentCopy): Channel[] =>
  channels.filter((channel) => agent.limits[channel] > 0);

/**
 * One status for all channels, where one must do (the switch, the icon): what the agent must
 * answer, else where offers come, else the first of the others.
 */
export function shownStatus(agent: AgentCopy): ChannelStatus {
  const given = givenChannels(agent).map((channel) => agent.channels[channel]);
  for (const name of order) {
    const found = given.filter(({ status }) => status === name);
    const [first] = found;
    if (first !== undefined) return found.find(({ pending }) => pending === null) ?? first;
  }
  return agent.channels.chat;
}

const order = [
  'rona',
  'refused',
  'ready',
  'wrap-up',
  'not-ready',
  'logged-off',
] as const satisfies readonly StatusName[];
