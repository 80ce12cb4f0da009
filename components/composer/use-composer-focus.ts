import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import type { InteractionId } from '../../protocol/ids.ts';
import type { View } from '../panel/view.ts';

/** Takes the focus when the view asks for it on behalf of this interaction, once. */
export function useComposerFocus(
  input: RefObject<HTMLTextAreaElement | null>,
  id: InteractionId,
  { focusOn }: View,
) {
  useSignalEffect(() => {
    if (focusOn.value !== id) return;
    focusOn.value = null;
    input.current?.focus();
  });
}
