import { type InteractionId, interactionStream } from '../protocol/ids.ts';
import type { Content } from '../protocol/parts.ts';
import type { Command } from './interactions/command.ts';
import { channelOf, type InteractionState } from './interactions/state.ts';
import type { Store } from './store/contract.ts';

type Showing = Extract<
  Command,
  { type: 'offer' | 'transfer' | 'request' | 'send-transcript' | 'mark-done' }
>;

/**
 * Does the command show what the customer filled in to somebody who isn't in the interaction
 * (yet), or write to the address in it?
 */
export function needsWords(command: Command): command is Showing {
  switch (command.type) {
    case 'offer':
    case 'transfer':
    case 'request':
    case 'send-transcript':
      return true;
    case 'mark-done':
      return command.sendTranscript;
    default:
      return false;
  }
}

export const NO_WORDS: Content = {};

/** What the customer has filled in. @throws StoreUnavailable */
export async function wordsFor(
  store: Pick<Store, 'read'>,
  { type, interaction }: Showing,
  state: InteractionState | null,
): Promise<Content> {
  const first = await startedWith(store, interaction);
  const isMail = type === 'send-transcript' || type === 'mark-done';
  return isMail && state !== null ? { ...first, ...(await leftWith(store, state)) } : first;
}

async function startedWith(
  store: Pick<Store, 'read'>,
  interaction: InteractionId,
): Promise<Content> {
  const [started] = await store.read(interactionStream(interaction), 0, 1, 1);
  return started?.content ?? NO_WORDS;
}

/** ROUTE-6: who left a message instead has filled in the form once more, while they waited. */
async function leftWith(store: Pick<Store, 'read'>, state: InteractionState): Promise<Content> {
  if (state.legs.length < 2 || channelOf(state) !== 'email') return NO_WORDS;
  for (let after = 1; after < SEARCHED_MAX; ) {
    const page = await store.read(interactionStream(state.id), after, PAGE, PAGE_BYTES);
    const left = page.find(({ body }) => body.type === 'message-left');
    if (left !== undefined) return left.content ?? NO_WORDS;
    if (page.length === 0) break;
    after += page.length;
  }
  return NO_WORDS;
}

/** Whoever waits longer than this many events has other worries. */
const SEARCHED_MAX = 2_000;
const PAGE = 200;
const PAGE_BYTES = 256 * 1024;
