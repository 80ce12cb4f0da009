import { signal } from '@preact/signals';
import type { Model } from '../model.ts';
import type { Conversation } from './Conversation.tsx';

const loaded = signal<{ readonly Conversation: typeof Conversation } | null>(null);
let loading: Promise<void> | null = null;

/** Fetches the conversation, which nobody needs before the first message is sent. */
export function loadConversation(): Promise<void> {
  loading ??= import('./Conversation.tsx').then((found) => {
    loaded.value = found;
  });
  return loading;
}

/** The conversation, as soon as it is there. */
export function Later({ model }: { readonly model: Model }) {
  if (loaded.value !== null) return <loaded.value.Conversation model={model} />;
  // The server is away, or has a newer page than this one: then only a new page helps.
  loadConversation().catch(() => setTimeout(() => location.reload(), RELOAD_MS));
  return null;
}

/** Everything that was written is on the disk; not so fast that a server that starts is hammered. */
const RELOAD_MS = 5_000;
