import { type AgentId, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';

type Look = {
  readonly actor: AgentId;
  readonly action: string;
  readonly interactions: readonly InteractionId[];
};

/** Keeps who looks at interactions that they aren't in, a row each; rejects with StoreUnavailable. */
export const auditLooks =
  (store: Pick<Store, 'audit'>, clock: Pick<Clock, 'now'>) =>
  ({ actor, action, interactions }: Look): Promise<void> =>
    store.audit.add(
      interactions.map((one) => ({ actor, action, object: interactionStream(one) })),
      clock.now(),
    );
