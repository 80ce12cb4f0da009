import { type AgentId, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import { type InteractionState, roleOf } from '../interactions/state.ts';
import type { Store, StoredEvent } from '../store/contract.ts';
import { type Audience, type Transcript, transcriptOf } from './transcript.ts';

/**
 * Reads the stream, as far as `upTo` (a seq; Infinity: all of it). Null: there is no such
 * interaction. @throws StoreUnavailable
 */
export async function readTranscript(
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
  to: Audience,
  upTo: number,
): Promise<Transcript | null> {
  const events: StoredEvent[] = [];
  while (events.length < EVENTS_MAX) {
    const page = await store.read(interactionStream(interaction), events.length, PAGE, PAGE_BYTES);
    const wanted = page.filter(({ seq }) => seq <= upTo);
    events.push(...wanted);
    // A page may end by its bytes: only an empty one is the last.
    if (wanted.length === 0 || wanted.length < page.length) break;
  }
  return transcriptOf(events, to);
}

/** As an agent who is in it may see it; null: they aren't. */
export function audienceOf(state: InteractionState, agent: AgentId): Audience | null {
  const role = roleOf(state, agent);
  return role === null ? null : { kind: 'agent', reader: { kind: 'agent', id: agent }, role };
}

/** Twice what has room on a transcript: offers and requests stand between the messages. */
const EVENTS_MAX = 4_000;
const PAGE = 200;
const PAGE_BYTES = 256 * 1024;
