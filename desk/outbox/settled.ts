import type { InteractionRow, OfferRow, OutboxRow } from '../disk/rows.ts';

export type Acknowledged = Extract<OutboxRow, { state: 'acknowledged' }>;

/** What the desk holds of the stream that a row was stored in. */
export type Held =
  | { readonly of: 'agent'; readonly seq: number }
  | { readonly of: 'interaction'; readonly copy: InteractionRow | null };

/**
 * May an acknowledged row go? Not before what it did is on this disk; at once when nothing of it
 * will ever come. An answered offer's row stays as long as the offer is shown.
 */
export function isSettled(row: Acknowledged, held: Held, offers: readonly OfferRow[]): boolean {
  const { command } = row;
  if (command.type === 'accept' || command.type === 'reject')
    return !offers.some(({ offer }) => offer === command.offer);
  if (held.of === 'agent') return held.seq >= row.seq;
  return held.copy === null || held.copy.state === 'done' || held.copy.seq >= row.seq;
}
