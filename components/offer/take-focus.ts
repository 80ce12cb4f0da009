import { isTyping } from '../ui/is-typing.ts';

/**
 * Takes the focus for a card that appears by itself, unless somebody is typing. Returns how to
 * give it back: where it came from, if it is still in the card when the card goes.
 */
export function takeFocusPolitely(card: HTMLElement): () => void {
  const before = document.activeElement;
  if (isTyping(before)) return () => {};
  card.focus({ preventScroll: true });
  return () => {
    const isStillHere = card.contains(document.activeElement);
    if (isStillHere && before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
