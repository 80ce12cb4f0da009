import type { AgentId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';

export type Exported = 'interactions' | 'ledger';

/** Keeps who takes which rows of the whole centre away; rejects with StoreUnavailable. */
export const auditExports =
  (store: Pick<Store, 'audit'>, clock: Pick<Clock, 'now'>) =>
  (actor: AgentId, what: Exported): Promise<void> =>
    store.audit.add([{ actor, action: `export-${what}`, object: null }], clock.now());
