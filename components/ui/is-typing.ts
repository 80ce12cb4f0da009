/** Somebody writes there: nothing may take the focus or the keys from it. */
export function isTyping(element: Element | null): boolean {
  return element?.closest('input, textarea, select, [contenteditable]') != null;
}
