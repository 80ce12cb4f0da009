import type { LucideIcon } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import css from './Banner.module.css';

type Props = {
  readonly icon: LucideIcon;
  readonly tone?: 'notice' | 'danger' | 'quiet';
  /** `alert` interrupts a screen reader, `status` waits for a pause. */
  readonly role?: 'alert' | 'status';
  /** Comes only after a moment: most cuts are over before anybody needs to know. */
  readonly late?: boolean;
  readonly text: ComponentChildren;
  /** Buttons. */
  readonly children?: ComponentChildren;
};

/** A line across the panel that says what happened, what was kept, and offers what to do. */
export function Banner({
  icon: Icon,
  tone = 'notice',
  role = 'status',
  late,
  text,
  children,
}: Props) {
  return (
    <div class={css.banner} data-tone={tone} data-late={late || undefined} role={role}>
      <Icon size={14} aria-hidden="true" />
      <p>{text}</p>
      {children && <span class={css.actions}>{children}</span>}
    </div>
  );
}
