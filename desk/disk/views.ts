import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { ViewsDisk } from './contract.ts';
import type { Engine, Read } from './engine.ts';
import type { EventRow, OutboxRow } from './rows.ts';

/** What the panel asks for; nothing here costs more when more is stored. */
export function viewsDisk({ read }: Engine): ViewsDisk {
  return {
    fact: (name) => read(['facts'], (t) => t.fact(name)),
    openInteractions: () => read(['interactions'], (t) => t.openInteractions()),
    doneInteractions: (most) => read(['interactions'], (t) => t.doneInteractions(0, most)),
    interaction: (id) => read(['interactions'], (t) => t.interaction(id)),
    transcript: (interaction, most) =>
      read(['interactions', 'events', 'outbox'], async (t) => {
        const row = await t.interaction(interaction);
        const [{ events, hasEarlier }, outbox] = await Promise.all([
          newestShown(t, interaction, row?.seq ?? 0, most),
          t.outboxOf(interaction),
        ]);
        const unsent = outbox.filter(({ command }) => command.type === 'post');
        return { row, events, hasEarlier, unsent };
      }),
    overview: () =>
      read(['facts', 'interactions', 'offers', 'outbox'], async (t) => {
        const [account, agent, time, connection, lastServer, open, offers, outbox] =
          await Promise.all([
            t.fact('account'),
            t.fact('agent'),
            t.fact('time'),
            t.fact('connection'),
            t.fact('lastServer'),
            t.openInteractions(),
            t.offers(),
            t.outboxAfter(0),
          ]);
        const stranded = await strandedPosts(t, outbox);
        return { account, agent, time, connection, lastServer, open, offers, outbox, stranded };
      }),
  };
}

/**
 * At most `most`. Looked for among the newest seqs, and further back only where hardly any of them
 * is shown: a chat that was offered in vain a hundred times.
 */
async function newestShown(
  t: Read,
  interaction: InteractionId,
  newest: number,
  most: number,
): Promise<{ readonly events: readonly EventRow[]; readonly hasEarlier: boolean }> {
  for (let span = most; ; span *= 4) {
    const after = Math.max(0, newest - span);
    const events = await t.shownEvents(interaction, after, newest);
    if (after === 0 || events.length >= most / 2)
      return { events: events.slice(-most), hasEarlier: after > 0 || events.length > most };
  }
}

async function strandedPosts(t: Read, outbox: readonly OutboxRow[]): Promise<CommandId[]> {
  const stranded: CommandId[] = [];
  for (const { state, command, id } of outbox)
    if (state === 'refused' && command.type === 'post')
      if ((await t.interaction(command.interaction)) === null) stranded.push(id);
  return stranded;
}
