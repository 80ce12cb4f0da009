let goal: HTMLElement | null = null;

/**
 * Puts the focus where the customer goes on: on the first field, else the first button of what
 * they can do now. With `quiet` on the screen itself, because a phone would cover half of it with
 * its keyboard.
 */
export function focusScreen(quiet: boolean): void {
  const screen = document.querySelector('main');
  goal = findGoal(screen);
  ((quiet ? null : goal) ?? screen)?.focus({ preventScroll: true });
}

/** The screen has changed: if what had the focus went away with the old one, it goes on in the new. */
export function keepFocus(quiet: boolean): void {
  const screen = document.querySelector('main');
  if (findGoal(screen) === goal || !document.hasFocus()) return;
  if (document.activeElement?.contains(screen) ?? true) focusScreen(quiet);
}

const findGoal = (screen: Element | null): HTMLElement | null =>
  screen?.querySelector<HTMLElement>('input, select, textarea') ??
  screen?.querySelector<HTMLElement>(':scope > :last-child button') ??
  null;
