import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { Work } from '../inbound/work.ts';
import type { Write } from './engine.ts';
import { settleAcknowledged } from './settle.ts';

/** Writes what inbound has worked out. Returns the outbox rows that are thereby settled. */
export async function writeWork(t: Write, work: Work): Promise<readonly CommandId[]> {
  if (work.agent !== work.agentBefore) await t.setFact('agent', work.agent);
  for (const id of work.dropped) await t.dropInteraction(id);
  for (const id of work.changed) {
    const row = work.interactions.get(id);
    if (row !== undefined) await t.putInteraction(row);
  }
  for (const rows of work.events.values()) await t.putEvents(rows);
  for (const [id, seqs] of work.blanked) await blankStored(t, id, seqs);
  for (const id of work.changedOffers) {
    const row = work.offers.get(id);
    await (row === undefined ? t.dropOffer(id) : t.putOffer(row));
  }
  for (const id of work.undrafted) await t.dropDraft(id);
  if (work.settled.size > 0) await t.dropOutboxRows([...work.settled]);
  return [...work.settled, ...(await settleAcknowledged(t))];
}

async function blankStored(t: Write, id: InteractionId, seqs: ReadonlySet<number>): Promise<void> {
  for (const seq of seqs) {
    const row = await t.event(id, seq);
    if (row !== null && row.content !== null) await t.putEvents([{ ...row, content: null }]);
  }
}
