import { Check } from 'lucide-preact';
import css from './Chip.module.css';

type Props = {
  readonly label: string;
  readonly pressed: boolean;
  readonly onToggle: () => void;
};

/** A choice among several that may stand together; the tick says it without colour. */
export function Chip({ label, pressed, onToggle }: Props) {
  return (
    <button type="button" class={css.chip} aria-pressed={pressed} onClick={onToggle}>
      {pressed && <Check size={12} strokeWidth={2.5} aria-hidden="true" />}
      {label}
    </button>
  );
}
