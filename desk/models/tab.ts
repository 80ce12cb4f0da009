import type { AgentCopy, InteractionRow } from '../disk/rows.ts';
import { colourOf, queueName, shortId } from './names.ts';
import type { InteractionTab } from './panel-model.ts';

export function tabOf(row: InteractionRow, agent: AgentCopy | null): InteractionTab {
  const { interaction, head, unread } = row;
  return {
    interaction,
    name: head.name,
    shortId: shortId(interaction),
    queue: queueName(agent, head.queue),
    channel: head.channel,
    acceptedAt: head.acceptedAt,
    waitingSince: head.waitingSince,
    wrapUp: row.state === 'done' ? null : head.wrapUp,
    unread: unread.length,
    customer: head.customer,
    isParked: head.isParked ?? false,
    colour: colourOf(interaction),
  };
}
