import { fileWord } from '../../protocol/files.ts';
import { interactionStream } from '../../protocol/ids.ts';
import { audience } from '../feed/audience.ts';
import type { StoredFile } from '../interactions/attachments.ts';
import type { Actor } from '../interactions/command.ts';
import { type InteractionState, roleOf } from '../interactions/state.ts';
import type { Store } from '../store/contract.ts';

/**
 * The name of a file, for who may see the message that it is in; null for everybody else, and for
 * a file that is in none or whose message was blanked. Who is in the interaction at all was asked
 * before (`can`).
 */
export type Shown = (
  file: StoredFile,
  actor: Exclude<Actor, { readonly kind: 'system' }>,
  state: InteractionState | null,
) => Promise<string | null>;

/** One event, whatever it weighs. */
const BYTES = 1;

export function createShown(store: Pick<Store, 'read'>): Shown {
  return async ({ id, interaction, seq, state: how }, actor, state) => {
    if (seq === null || how !== 'ready' || state === null) return null;
    const role = actor.kind === 'agent' ? roleOf(state, actor.id) : null;
    const [logged] = await store.read(interactionStream(interaction), seq - 1, 1, BYTES);
    const seen = logged === undefined ? null : audience(logged, actor, role);
    return seen?.content?.[fileWord(id)] ?? null;
  };
}
