import { batch, effect, untracked } from '@preact/signals';
import type { InteractionsModel, InteractionTab } from '../../desk/models/panel-model.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import { isTyping } from '../ui/is-typing.ts';
import type { View } from './view.ts';

type Followed = Omit<View, 'close'>;

/** Shows what was accepted and leaves what was marked done. Returns how to stop. */
export function followTabs(interactions: InteractionsModel, view: Followed): () => void {
  let before = ids(interactions.tabs.value);
  return effect(() => {
    const tabs = interactions.tabs.value;
    const came = tabs.filter(({ interaction }) => !before.includes(interaction));
    const gone = interactions.selected.peek();
    const wasAt = gone === null ? -1 : before.indexOf(gone);
    before = ids(tabs);
    const isGone = gone !== null && wasAt >= 0 && !before.includes(gone);
    untracked(() =>
      batch(() => {
        welcome(came, view);
        if (isGone) leave(interactions, view, wasAt);
      }),
    );
  });
}

/** CHAT-10: opened, unless the composer holds text that another conversation would hide. */
function welcome(came: readonly InteractionTab[], view: Followed): void {
  const [newest] = came.slice(-1);
  if (newest === undefined) return;
  // Several at once are no answer to an offer: this desk catches up after a sign-in.
  if (came.length > 1) view.showInteractions();
  else if ((view.conversation.value?.model.draft.value ?? '').trim() !== '')
    view.arrived.value = newest;
  else view.open(newest.interaction, isTyping(document.activeElement) ? undefined : 'composer');
}

/** Marked done: the neighbour that moved into its place is shown, else Home. */
function leave({ tabs, selected, select }: InteractionsModel, view: Followed, wasAt: number): void {
  const open = ids(tabs.value);
  if (selected.value !== null && open.includes(selected.value)) return;
  const next = open[Math.min(wasAt, open.length - 1)] ?? null;
  select(next);
  if (next === null) view.page.value = 'home';
}

function ids(tabs: readonly InteractionTab[]): readonly InteractionId[] {
  return tabs.map(({ interaction }) => interaction);
}
