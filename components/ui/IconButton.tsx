import type { LucideIcon } from 'lucide-preact';
import type { ComponentProps } from 'preact';
import css from './IconButton.module.css';

type Props = Omit<ComponentProps<'button'>, 'type' | 'icon' | 'label' | 'title'> & {
  readonly icon: LucideIcon;
  /** What it does: its name for a screen reader, its tooltip for everybody. */
  readonly label: string;
};

export function IconButton({ icon: Icon, label, ...rest }: Props) {
  return (
    <button {...rest} type="button" class={css.button} aria-label={label} title={label}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}
