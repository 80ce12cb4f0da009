import type { LucideIcon } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import css from './EmptyState.module.css';

type Props = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What to do next. */
  readonly text: string;
  /** The button that does it. */
  readonly children?: ComponentChildren;
};

export function EmptyState({ icon: Icon, title, text, children }: Props) {
  return (
    <div class={css.empty}>
      <Icon size={28} strokeWidth={1.4} aria-hidden="true" />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
