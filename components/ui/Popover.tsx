import type { ComponentChildren } from 'preact';
import css from './Popover.module.css';

type Props = {
  /** The button that opens it names this in `popovertarget`. */
  readonly id: string;
  readonly label: string;
  /** Which edge it shares with its button. */
  readonly align: 'start' | 'end';
  readonly children: ComponentChildren;
};

/** The browser's own popover (top layer, Esc, click outside, focus goes back), placed under its button. */
export function Popover({ id, label, align, children }: Props) {
  return (
    <div
      id={id}
      class={css.popover}
      popover="auto"
      role="dialog"
      aria-label={label}
      onBeforeToggle={(event) => {
        if (event.newState === 'open') placeUnderButton(event.currentTarget, align);
      }}
    >
      {children}
    </div>
  );
}

/** Done before it is shown, so that it never jumps; needs no size of its own. */
export function placeUnderButton(popover: HTMLElement, align: 'start' | 'end') {
  const button = document.querySelector(`[popovertarget="${popover.id}"]`);
  if (button === null) return;
  const { left, right, bottom } = button.getBoundingClientRect();
  const top = bottom + 4;
  popover.style.top = `${top}px`;
  popover.style.left = align === 'start' ? `${Math.max(8, left)}px` : 'auto';
  popover.style.right = align === 'end' ? `${Math.max(8, innerWidth - right)}px` : 'auto';
  popover.style.maxHeight = `${innerHeight - top - 8}px`;
}
