import { type AgentId, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import { type InteractionState, roleOf } from '../interactions/state.ts';
import type { Store } from '../store/contract.ts';
import { type Audience, beginTranscript, type Transcript } from './transcript.ts';

/**
 * Reads the stream, as far as `upTo` (a seq; Infinity: all of it), a page at a time: what has no
 * room isn't held. Null: there is no such interaction. @throws StoreUnavailable
 */
export async function readTranscript(
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
  to: Audience,
  upTo: number,
  eventsMax = EVENTS_MAX,
): Promise<Transcript | null> {
  let writing: ReturnType<typeof beginTranscript> = null;
  // A page may end by its bytes: only an empty one is the last.
  for (let after = 0; after < upTo; ) {
    if (after >= eventsMax) return writing?.made(true) ?? null;
    const page = await store.read(interactionStream(interaction), after, PAGE, PAGE_BYTES);
    for (const event of page) {
      if (event.seq > upTo) break;
      if (event.seq === 1) writing = beginTranscript(event, to);
      else writing?.take(event);
    }
    if (page.length === 0) break;
    after = page.at(-1)?.seq ?? upTo;
  }
  return writing?.made() ?? null;
}

/** As an agent who is in it may see it; null: they aren't. */
export function audienceOf(state: InteractionState, agent: AgentId): Audience | null {
  const role = roleOf(state, agent);
  return role === null ? null : { kind: 'agent', reader: { kind: 'agent', id: agent }, role };
}

/** Ten times what has room on a transcript: offers, requests and absences stand between the messages. */
const EVENTS_MAX = 20_000;
const PAGE = 200;
const PAGE_BYTES = 256 * 1024;
