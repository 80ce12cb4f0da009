import { type CommandId, interactionOf } from '../../protocol/ids.ts';
import { type Acknowledged, type Held, isSettled } from '../outbox/settled.ts';
import type { Read, TableName, Write } from './engine.ts';

/** The tables that `settleAcknowledged` reads and writes. */
export const settleTables: readonly TableName[] = ['facts', 'interactions', 'offers', 'outbox'];

/** Lets go every acknowledged row whose effect is on the disk by now. */
export async function settleAcknowledged(t: Write): Promise<readonly CommandId[]> {
  const gone: CommandId[] = [];
  const rows = await t.outboxIn('acknowledged');
  if (rows.length === 0) return gone;
  const offers = await t.offers();
  for (const row of rows)
    if (row.state === 'acknowledged' && isSettled(row, await heldOf(t, row), offers))
      gone.push(row.id);
  await t.dropOutboxRows(gone);
  return gone;
}

async function heldOf(t: Read, row: Acknowledged): Promise<Held> {
  const interaction = interactionOf(row.stream);
  if (interaction !== null) return { of: 'interaction', copy: await t.interaction(interaction) };
  return { of: 'agent', seq: (await t.fact('agent'))?.seq ?? 0 };
}
