import type { AgentId, InteractionId } from '../../protocol/ids.ts';
import { interactionStream } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { RequestKind, Role } from '../../protocol/members.ts';
import type { InteractionStreamEvent } from '../../protocol/stream-events.ts';
import type { Store } from '../store/contract.ts';
import { audience } from './audience.ts';

export type Preview = {
  readonly upTo: number;
  readonly events: InteractionStreamEvent[];
  readonly more: boolean;
};

/** So many are looked at for one answer. */
const EVENTS = 200;
/** What stands around the events in the frame. */
const AROUND_BYTES = 1024;

/** HAND-6: as whom the colleague would be in it. */
const roleOf = {
  transfer: 'owner',
  consult: 'consultant',
  join: 'guest',
} as const satisfies Record<RequestKind, Role>;

/**
 * What the colleague who was asked may see after `after`: as much as fits a frame. Whether they
 * may at all is asked elsewhere. Rejects when the store is away.
 */
export async function preview(
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
  asked: AgentId,
  kind: RequestKind,
  after: number,
): Promise<Preview> {
  const stored = await store.read(
    interactionStream(interaction),
    after,
    EVENTS + 1,
    limits.frameDownBytes,
  );
  const events: InteractionStreamEvent[] = [];
  let bytes = AROUND_BYTES;
  let upTo = after;
  for (const one of stored.slice(0, EVENTS)) {
    const seen = audience(one, { kind: 'agent', id: asked }, roleOf[kind]);
    if (seen !== null) {
      bytes += Buffer.byteLength(JSON.stringify(seen)) + 1;
      if (bytes > limits.frameDownBytes && events.length > 0) break;
      events.push(seen as InteractionStreamEvent);
    }
    upTo = one.seq;
  }
  const last = stored.at(-1)?.seq ?? after;
  return { upTo, events, more: upTo < last || (await isMore(store, interaction, last)) };
}

/** The page may have ended at its bytes. */
const isMore = async (
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
  after: number,
): Promise<boolean> => (await store.read(interactionStream(interaction), after, 1, 1)).length > 0;
