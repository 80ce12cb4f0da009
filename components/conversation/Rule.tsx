import type { ComponentChildren } from 'preact';
import css from './Rule.module.css';

type Props = {
  /** A new day, rather than something that happened. */
  readonly strong?: boolean;
  readonly children: ComponentChildren;
};

/** A line across the transcript with words in its middle. */
export function Rule({ strong, children }: Props) {
  return (
    <div class={css.rule} data-strong={strong || undefined}>
      <span>{children}</span>
    </div>
  );
}
