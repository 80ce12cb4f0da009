import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import type { AgentCopy } from '../disk/rows.ts';

/** What a person calls an unknown visitor by: the last four letters and digits of the id. */
export const shortId = (id: InteractionId): string =>
  id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-4)
    .toUpperCase();

/** 0..7, the same for an interaction everywhere and always. */
export function colourOf(id: InteractionId): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % 8;
}

/** The queue's name, or its id where the set-up doesn't know it (any more). */
export const queueName = (agent: AgentCopy | null, queue: QueueId | null): string =>
  agent?.centre.queues.find(({ id }) => id === queue)?.name ?? queue ?? '';

/** The same for a skill. */
export const skillName = (agent: AgentCopy | null, skill: string): string =>
  agent?.centre.skills?.find(({ id }) => id === skill)?.label ?? skill;
