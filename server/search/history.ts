import { type AgentId, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import type { InteractionStreamEvent } from '../../protocol/stream-events.ts';
import { audience } from '../feed/audience.ts';
import type { Store } from '../store/contract.ts';

/** END-5: an interaction as its history keeps it; the events in their order, a page at a time. */
export type HistoryPage = {
  readonly interaction: InteractionId;
  readonly events: readonly InteractionStreamEvent[];
  /** The next page's `after`. */
  readonly upTo: number;
  readonly more: boolean;
};

/** What a screen shows of a long talk, and a page that a slow line carries in a second. */
const EVENTS_MAX = 200;
const BYTES_MAX = 256 * 1024;

/**
 * What colleagues see of it: transcript, notes, dispositions, tags, who and when. What two said
 * aside is for these two, whoever reads the history. Rejects with StoreUnavailable.
 */
export async function readHistory(
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
  reader: AgentId,
  after: number,
): Promise<HistoryPage> {
  const stored = await store.read(interactionStream(interaction), after, EVENTS_MAX, BYTES_MAX);
  const events = stored.flatMap(
    (event) => audience(event, { kind: 'agent', id: reader }, 'owner') ?? [],
  );
  const upTo = stored.at(-1)?.seq ?? after;
  const [next] =
    stored.length === 0 ? [] : await store.read(interactionStream(interaction), upTo, 1, 1);
  return {
    interaction,
    events: events as readonly InteractionStreamEvent[],
    upTo,
    more: next !== undefined,
  };
}
