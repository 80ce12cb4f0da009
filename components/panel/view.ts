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
  InteractionsModel,
  InteractionTab,
  PanelModel,
} from '../../desk/models/panel-model.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import { followTabs } from './follow-tabs.ts';

/** Which page is on screen and where the keyboard goes: state of this window, not of the desk. */
export type View = {
  readonly page: Signal<'home' | 'interactions'>;
  /** The conversation on screen; opened and closed here and nowhere else. */
  readonly conversation: ReadonlySignal<OpenConversation | null>;
  /** Just accepted, but the composer held text: offered instead of opened (CHAT-10). */
  readonly arrived: Signal<InteractionTab | null>;
  /** The composer takes the focus when this becomes its interaction. */
  readonly focusOn: Signal<InteractionId | null>;
  /** What the last attempt to sign out came to; null before it. */
  readonly signOut: Signal<SignOutAnswer | null>;
  readonly showInteractions: () => void;
  readonly open: (interaction: InteractionId, focus?: 'composer') => void;
  readonly close: () => void;
};

type SignOutAnswer = Awaited<ReturnType<PanelModel['session']['signOut']>>;

type OpenConversation = {
  readonly id: InteractionId;
  readonly model: ConversationModel;
};

export function createView({ interactions }: PanelModel): View {
  const { tabs, selected, select } = interactions;
  const page = signal<'home' | 'interactions'>(selected.value === null ? 'home' : 'interactions');
  const conversation = openSelected(interactions, page);
  const arrived = signal<InteractionTab | null>(null);
  const focusOn = signal<InteractionId | null>(null);

  const view = {
    page,
    conversation: conversation.value,
    arrived,
    focusOn,
    signOut: signal<SignOutAnswer | null>(null),
    open: (interaction: InteractionId, focus?: 'composer') =>
      batch(() => {
        select(interaction);
        page.value = 'interactions';
        if (focus === 'composer') focusOn.value = interaction;
        if (arrived.value?.interaction === interaction) arrived.value = null;
      }),
    showInteractions: () =>
      batch(() => {
        const isOpen = tabs.value.some(({ interaction }) => interaction === selected.value);
        if (!isOpen) select(tabs.value[0]?.interaction ?? null);
        page.value = 'interactions';
      }),
  };
  const stopFollowing = followTabs(interactions, view);
  const close = () => {
    stopFollowing();
    conversation.close();
  };
  return { ...view, close };
}

/** The model of the conversation on screen; it lives just as long as it is there. */
function openSelected(
  { selected, conversation }: InteractionsModel,
  page: ReadonlySignal<'home' | 'interactions'>,
) {
  const value = signal<OpenConversation | null>(null);
  const close = effect(() => {
    const id = page.value === 'interactions' ? selected.value : null;
    const open = id === null ? null : { id, model: untracked(() => conversation(id)) };
    value.value = open;
    return () => open?.model.close();
  });
  return { value, close };
}
