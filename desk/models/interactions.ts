import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { InteractionId } from '../../protocol/ids.ts';
import type { InteractionRow } from '../disk/rows.ts';
import type { Desk } from './desk-context.ts';
import type { ConversationModel, InteractionsModel } from './panel-model.ts';
import { steady } from './steady.ts';
import { tabOf } from './tab.ts';

/** Recently done ones that Home lists. */
const DONE_MAX = 20;

export function interactionsModel(
  { disk, live, overview }: Desk,
  conversation: (interaction: InteractionId) => ConversationModel,
): InteractionsModel & {
  readonly loaded: ReadonlySignal<boolean>;
  readonly close: () => void;
} {
  const done = live(() => disk.doneInteractions(DONE_MAX));
  const restored = live(async () => ({ selected: await disk.fact('selected') }));
  const selected = signal<InteractionId | null>(null);
  const chosen = signal(false);
  // Once: afterwards each window goes its own way.
  const unfollow = effect(() => {
    if (restored.value.value === null || chosen.value) return;
    chosen.value = true;
    selected.value = restored.value.value.selected;
    restored.close();
  });

  return {
    loaded: computed(() => done.value.value !== null && chosen.value),
    tabs: steady(() => {
      const seen = overview.value;
      return (seen?.open ?? [])
        .filter(isKnown)
        .toSorted(inArrivalOrder)
        .map((row) => tabOf(row, seen?.agent ?? null));
    }),
    done: steady(() =>
      (done.value.value ?? []).map((row) => tabOf(row, overview.value?.agent ?? null)),
    ),
    selected,
    select(interaction) {
      chosen.value = true;
      selected.value = interaction;
      void disk.select(interaction);
    },
    conversation,
    close() {
      unfollow();
      done.close();
      restored.close();
    },
  };
}

/** Granted, and its first events are here: before that there is nothing to show. */
const isKnown = ({ head }: InteractionRow): boolean => head.acceptedAt > 0;

/** CHAT-10. */
const inArrivalOrder = (a: InteractionRow, b: InteractionRow): number =>
  a.head.acceptedAt - b.head.acceptedAt || (a.interaction < b.interaction ? -1 : 1);
