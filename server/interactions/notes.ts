import type { AgentId } from '../../protocol/ids.ts';
import type { Author } from '../../protocol/interaction-events.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import type { InteractionState } from './state.ts';

/** What is written about an interaction and never to its customer: notes, tags, attached data. */

/** So long after the end what its last owner wrote while offline still gets there (END-9). */
const LATE_MS = 24 * 3_600_000;

export function addNote(
  state: InteractionState,
  author: Extract<Author, { kind: 'agent' }>,
  text: string,
  now: number,
): Outcome {
  if (!mayWrite(state, author.agent, now)) return 'not-active';
  return [fact({ type: 'note-added', author }, { text })];
}

export function setTags(
  state: InteractionState,
  author: Extract<Author, { kind: 'agent' }>,
  tags: readonly string[],
  isTag: (tag: string) => boolean,
  now: number,
): Outcome {
  if (!mayWrite(state, author.agent, now)) return 'not-active';
  if (tags.some((tag) => !isTag(tag))) return 'unknown-tag';
  return isTagged(state, tags) ? [] : [tagsSet(author, tags)];
}

export function setData(
  state: InteractionState,
  author: Extract<Author, { kind: 'agent' }>,
  data: Readonly<Record<string, string>>,
  now: number,
): Outcome {
  if (!mayWrite(state, author.agent, now)) return 'not-active';
  return Object.keys(data).length === 0 ? [] : [dataSet(author, data)];
}

export const tagsSet = (author: Author, tags: readonly string[]): Fact =>
  fact({ type: 'tags-set', author, tags: [...new Set(tags)] });

export const dataSet = (author: Author, data: Readonly<Record<string, string>>): Fact =>
  fact({ type: 'data-set', author }, data);

/** In whatever order. */
export function isTagged({ tags }: InteractionState, asked: readonly string[]): boolean {
  const wanted = new Set(asked);
  return wanted.size === tags.length && tags.every((tag) => wanted.has(tag));
}

/** Whoever is in it, and its last owner for a day after it was done. */
function mayWrite({ status }: InteractionState, agent: AgentId, now: number): boolean {
  switch (status.name) {
    case 'active':
    case 'wrapping':
    case 'parked':
      return true;
    case 'done':
      return status.owner === agent && now - status.at <= LATE_MS;
    default:
      return false;
  }
}
