import type { AgentId, OfferId } from '../../../protocol/ids.ts';
import type { CustomerLink } from '../../../widget/chat/link.ts';
import { demoSite } from './door.ts';
import { createWorld, type World } from './world.ts';

export const queue = demoSite.queues[0]!.id;
export const marta = { kind: 'agent', agent: 'marta' as AgentId, name: 'Marta' } as const;
export const accepted = {
  type: 'accepted',
  offer: 'o1' as OfferId,
  agent: marta.agent,
  name: 'Marta',
  epoch: 1,
} as const;

/** A customer whose chat Marta has accepted: seq 1 and 2. */
export async function chatting() {
  const world = createWorld();
  const tab = await world.openTab();
  tab.start({ queue, language: 'en', name: 'Ana' });
  await world.settle();
  world.door.append(accepted);
  await world.settle();
  return { world, tab };
}

/** What is on the screen, oldest first; what isn't stored yet in brackets. */
export const words = (tab: CustomerLink) => {
  const { talk, pending } = tab.state();
  return [
    ...(talk?.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])) ?? []),
    ...pending.flatMap(({ command }) => (command.type === 'post' ? [`[${command.text}]`] : [])),
  ];
};

export const stored = (world: World) =>
  world.door.rooms.flatMap((room) =>
    room.events.flatMap(({ event, content }) =>
      event.type === 'message-posted' ? [content?.text] : [],
    ),
  );
