import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import css from './Field.module.css';

type Input = JSX.IntrinsicElements['input'];

type Props = {
  readonly label: string;
  /** The label is only for screen readers; the eye has it as the placeholder. */
  readonly quiet?: boolean;
  readonly hint?: string;
  /** True: this is what was wrong; the sentence stands elsewhere. */
  readonly invalid?: boolean;
  readonly type?: 'text' | 'email' | 'password' | 'search';
  readonly name?: string;
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly defaultValue?: string;
  readonly value?: string;
  readonly onInput?: NonNullable<Input['onInput']>;
  readonly onKeyDown?: NonNullable<Input['onKeyDown']>;
};

export function Field({ label, quiet, hint, invalid, type = 'text', ...rest }: Props) {
  const id = useId();
  return (
    <div class={css.field}>
      {!quiet && <label for={id}>{label}</label>}
      <input
        {...rest}
        id={id}
        // Preact's types have one input per type; these take the same attributes.
        type={type as 'text'}
        spellcheck={false}
        aria-label={quiet ? label : undefined}
        placeholder={quiet ? label : rest.placeholder}
        aria-invalid={invalid || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}
