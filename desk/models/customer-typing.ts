import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Transcript } from '../disk/contract.ts';
import type { Desk } from './desk-context.ts';

/** CHAT-4: held 10 s after the last sign, and over when the message is here. */
export function customerTyping(
  { clock, onTyping }: Desk,
  interaction: InteractionId,
  transcript: ReadonlySignal<Transcript | null>,
): { readonly value: ReadonlySignal<boolean>; readonly close: () => void } {
  const value = signal(false);
  let cancel = () => {};
  const stop = () => {
    cancel();
    value.value = false;
  };
  const unlisten = onTyping((typing) => {
    if (typing.interaction !== interaction || typing.by !== 'customer') return;
    cancel();
    value.value = true;
    cancel = clock.at(clock.now() + limits.typingHeldMs, stop);
  });
  let newest: number | undefined;
  const unfollow = effect(() => {
    const seq = newestOfCustomer(transcript.value);
    if (newest !== undefined && seq > newest) stop();
    newest = seq;
  });
  return {
    value,
    close() {
      unlisten();
      unfollow();
      cancel();
    },
  };
}

const newestOfCustomer = (transcript: Transcript | null): number =>
  transcript?.events.findLast(
    ({ event }) => event.type === 'message-posted' && event.author.kind === 'customer',
  )?.seq ?? 0;
