import type { DraftsDisk } from './contract.ts';
import type { Engine } from './engine.ts';

/** What the agent has begun to write (CHAT-15). */
export function draftsDisk({ read, write }: Engine): DraftsDisk {
  return {
    draft: (interaction) => read(['drafts'], (t) => t.draft(interaction)),
    saveDraft: (interaction, fields, savedAt) =>
      write('strict', ['drafts'], async (t) => {
        const before = (await t.draft(interaction)) ?? { text: '', dispositions: [], note: '' };
        await t.putDraft({ ...before, ...fields, interaction, savedAt });
      }),
  };
}
