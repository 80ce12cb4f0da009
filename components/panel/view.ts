import {
  batch,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from '@preact/signals';
import type {
  ConversationModel,
  InteractionTab,
  PanelModel,
} from '../../desk/models/panel-model.ts';
import type { InteractionId } from '../../protocol/ids.ts';

/** Which page is on screen and where the keyboard goes: state of this window, not of the desk. */
export type View = {
  readonly page: Signal<'home' | 'interactions'>;
  /** The conversation on screen; opened and closed here and nowhere else. */
  readonly conversation: ReadonlySignal<OpenConversation | null>;
  /** Just accepted, but the composer held text: offered instead of opened (CHAT-10). */
  readonly arrived: ReadonlySignal<InteractionTab | null>;
  /** The composer takes the focus when this becomes its interaction. */
  readonly focusOn: Signal<InteractionId | null>;
  /** What the last attempt to sign out came to; null before it. */
  readonly signOut: Signal<SignOutAnswer | null>;
  readonly showInteractions: () => void;
  readonly open: (interaction: InteractionId, focus?: 'composer') => void;
  readonly close: () => void;
};

export type SignOutAnswer = Awaited<ReturnType<PanelModel['session']['signOut']>>;

export type OpenConversation = {
  readonly id: InteractionId;
  readonly model: ConversationModel;
};

export function createView({ interactions }: PanelModel): View {
  const { tabs, selected, select } = interactions;
  const page = signal<'home' | 'interactions'>(selected.value === null ? 'home' : 'interactions');
  const conversation = signal<OpenConversation | null>(null);
  const arrived = signal<InteractionTab | null>(null);
  const focusOn = signal<InteractionId | null>(null);
  const signOut = signal<SignOutAnswer | null>(null);
  let known = ids(tabs.value);

  const open: View['open'] = (interaction, focus) =>
    batch(() => {
      select(interaction);
      page.value = 'interactions';
      if (focus === 'composer') focusOn.value = interaction;
      if (arrived.value?.interaction === interaction) arrived.value = null;
    });

  const showInteractions = () =>
    batch(() => {
      const shown = selected.value;
      if (shown === null || !known.includes(shown)) select(known[0] ?? null);
      page.value = 'interactions';
    });

  const stopConversation = effect(() => {
    const id = page.value === 'interactions' ? selected.value : null;
    const model = id === null ? null : untracked(() => interactions.conversation(id));
    conversation.value = id === null || model === null ? null : { id, model };
    return () => model?.close();
  });

  /** The composer on screen holds text that opening another interaction would hide. */
  const writing = () => (conversation.value?.model.draft.value ?? '').trim() !== '';

  const stopFollowing = effect(() => {
    const now = ids(tabs.value);
    const before = known;
    known = now;
    untracked(() =>
      batch(() => {
        const came = tabs.value.filter(({ interaction }) => !before.includes(interaction));
        const [newest] = came.slice(-1);
        if (newest === undefined) return;
        // Several at once are not an answer to an offer: this desk is catching up after a sign-in.
        if (came.length > 1) showInteractions();
        else if (!writing()) open(newest.interaction, isIdle() ? 'composer' : undefined);
        else if (newest.interaction !== selected.value) arrived.value = newest;
      }),
    );
    untracked(() => {
      const gone = selected.value;
      if (gone === null || !before.includes(gone) || now.includes(gone)) return;
      // Marked done: the neighbour that moved into its place, else home.
      const next = now[Math.min(before.indexOf(gone), now.length - 1)] ?? null;
      batch(() => {
        select(next);
        if (next === null) page.value = 'home';
      });
    });
  });

  const close = () => {
    stopFollowing();
    stopConversation();
  };
  return { page, conversation, arrived, focusOn, signOut, showInteractions, open, close };
}

function ids(tabs: readonly InteractionTab[]): readonly InteractionId[] {
  return tabs.map(({ interaction }) => interaction);
}

/** Nobody is typing or choosing anything here. */
function isIdle(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.closest('[data-offer]') !== null;
}
