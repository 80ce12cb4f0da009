import type { ComponentChildren } from 'preact';
import css from './Facts.module.css';

type Props = { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] };

/** Names and values in two columns; a value of null has no line. */
export function Facts({ facts }: Props) {
  return (
    <dl class={css.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
