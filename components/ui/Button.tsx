import type { LucideIcon } from 'lucide-preact';
import type { ComponentProps } from 'preact';
import css from './Button.module.css';

type Props = Omit<ComponentProps<'button'>, 'type' | 'icon'> & {
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly icon?: LucideIcon;
  /** Asked, not answered yet: it keeps the focus and does nothing. */
  readonly busy?: boolean;
};

export function Button({
  kind = 'plain',
  type = 'button',
  icon: Icon,
  busy = false,
  onClick,
  children,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      class={css.button}
      data-kind={kind}
      aria-disabled={busy || undefined}
      onClick={busy ? swallow : onClick}
    >
      {Icon && <Icon size={14} aria-hidden="true" />}
      {children}
    </button>
  );
}

function swallow(event: Event) {
  event.preventDefault();
}
