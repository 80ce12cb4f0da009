import type { ComponentChildren } from 'preact';
import css from './VisuallyHidden.module.css';

/** Words for a screen reader where the eye has a shape or a place. */
export function VisuallyHidden({ children }: { readonly children: ComponentChildren }) {
  return <span class={css.hidden}>{children}</span>;
}
