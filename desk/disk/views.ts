import type { CommandId } from '../../protocol/ids.ts';
import type { ViewsDisk } from './contract.ts';
import type { Engine, Read } from './engine.ts';
import type { OutboxRow } from './rows.ts';

/** What the panel asks for; nothing here costs more when more is stored. */
export function viewsDisk({ read }: Engine): ViewsDisk {
  return {
    fact: (name) => read(['facts'], (t) => t.fact(name)),
    openInteractions: () => read(['interactions'], (t) => t.openInteractions()),
    doneInteractions: (most) => read(['interactions'], (t) => t.doneInteractions(0, most)),
    interaction: (id) => read(['interactions'], (t) => t.interaction(id)),
    transcript: (interaction, most) =>
      read(['interactions', 'events', 'outbox'], async (t) => {
        const found = await t.shownEvents(interaction, most + 1);
        const outbox = await t.outboxOf(interaction);
        return {
          row: await t.interaction(interaction),
          events: found.slice(-most),
          hasEarlier: found.length > most,
          unsent: outbox.filter(({ command }) => command.type === 'post'),
        };
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

async function strandedPosts(t: Read, outbox: readonly OutboxRow[]): Promise<CommandId[]> {
  const stranded: CommandId[] = [];
  for (const { state, command, id } of outbox)
    if (state === 'refused' && command.type === 'post')
      if ((await t.interaction(command.interaction)) === null) stranded.push(id);
  return stranded;
}
