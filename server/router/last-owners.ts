import { LRUCache } from 'lru-cache';
import type { AgentId, CustomerId } from '../../protocol/ids.ts';

/** ROUTE-4: who has served a customer last, and when. */
export type LastOwner = { readonly agent: AgentId; readonly at: number };

/** A busy day of a large centre; who is older than that waits like anybody. */
const CUSTOMERS_MAX = 100_000;

/**
 * Kept in memory alone: it only ever says whom to ask first, and after a restart it knows those
 * who are served then. A lookup by customer in the store would cost a read for every start.
 */
export function createLastOwners(max = CUSTOMERS_MAX) {
  const owners = new LRUCache<CustomerId, LastOwner>({ max });
  return {
    of: (customer: CustomerId): LastOwner | null => owners.get(customer) ?? null,
    served: (customer: CustomerId, agent: AgentId, at: number): void =>
      void owners.set(customer, { agent, at }),
  };
}
