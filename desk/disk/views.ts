import type { InteractionId } from '../../protocol/ids.ts';
import type { ViewsDisk } from './contract.ts';
import type { Engine } from './engine.ts';

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
    outbox: () =>
      read(['outbox', 'interactions'], async (t) => {
        const rows = await t.outboxAfter(0);
        const stranded = [];
        for (const { state, command, id, lane } of rows)
          if (state === 'refused' && command.type === 'post')
            if ((await t.interaction(lane as InteractionId)) === null) stranded.push(id);
        return { rows, stranded };
      }),
  };
}
