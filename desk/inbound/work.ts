import type { AgentId, CommandId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type { AgentCopy, EventRow, InteractionRow, OfferRow } from '../disk/rows.ts';

/**
 * The rows that one transaction works on: read beforehand, changed by pure functions, written
 * back afterwards by `write-work.ts`. Nothing outside of the transaction sees it.
 */
export type Work = {
  readonly me: AgentId;
  agent: AgentCopy;
  readonly agentBefore: AgentCopy;
  readonly interactions: Map<InteractionId, InteractionRow>;
  readonly offers: Map<OfferId, OfferRow>;

  /** What is to be written. Dropped copies go first, then what came after. */
  readonly dropped: Set<InteractionId>;
  readonly changed: Set<InteractionId>;
  readonly events: Map<InteractionId, EventRow[]>;
  readonly blanked: Map<InteractionId, Set<number>>;
  readonly changedOffers: Set<OfferId>;
  /** Drafts that are of no use any more. */
  readonly undrafted: Set<InteractionId>;
  /** Commands whose events are here. */
  readonly settled: Set<CommandId>;
  readonly granted: { readonly interaction: InteractionId; readonly epoch: number }[];
};

export const workOn = (
  me: AgentId,
  agent: AgentCopy,
  interactions: readonly InteractionRow[],
  offers: readonly OfferRow[],
): Work => ({
  me,
  agent,
  agentBefore: agent,
  interactions: new Map(interactions.map((row) => [row.interaction, row])),
  offers: new Map(offers.map((row) => [row.offer, row])),
  dropped: new Set(),
  changed: new Set(),
  events: new Map(),
  blanked: new Map(),
  changedOffers: new Set(),
  undrafted: new Set(),
  settled: new Set(),
  granted: [],
});

export function putInteraction(work: Work, row: InteractionRow): void {
  work.interactions.set(row.interaction, row);
  work.changed.add(row.interaction);
}

/** The copy, and what this transaction has added to it. */
export function dropCopy(work: Work, interaction: InteractionId): void {
  work.interactions.delete(interaction);
  work.changed.delete(interaction);
  work.events.delete(interaction);
  work.blanked.delete(interaction);
  work.dropped.add(interaction);
}

export function putOffer(work: Work, row: OfferRow): void {
  work.offers.set(row.offer, row);
  work.changedOffers.add(row.offer);
}

export function dropOffer(work: Work, offer: OfferId): void {
  work.offers.delete(offer);
  work.changedOffers.add(offer);
}
