import { type Signal, useSignal } from '@preact/signals';
import type { ConversationModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Chip } from '../ui/Chip.tsx';
import { Field } from '../ui/Field.tsx';
import css from './Dispositions.module.css';

type Props = {
  readonly conversation: ConversationModel;
  /** Mark done was refused for want of one; cleared by choosing one. */
  readonly missing: Signal<boolean>;
};

/** The queue's dispositions as chips, several allowed; with many of them a search. */
export function Dispositions({ conversation, missing }: Props) {
  const search = useSignal('');
  const { dispositions = [], dispositionRequired } = conversation.facts.value ?? {};
  const chosen = conversation.wrapUp.value.dispositions;
  const found = dispositions.filter(
    ({ id, label }) => chosen.includes(id) || has(label, search.value),
  );
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    conversation.wrapUp.value = { ...conversation.wrapUp.value, dispositions: next };
    missing.value = false;
  };
  const toggleFirst = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [first] =
      search.value === '' ? [] : dispositions.filter(({ label }) => has(label, search.value));
    if (first === undefined) return;
    toggle(first.id);
    search.value = '';
  };
  if (dispositions.length === 0) return null;
  return (
    <fieldset class={css.dispositions}>
      <legend>
        {t('wrapUp.dispositions')}
        {dispositionRequired && <span> · {t('wrapUp.required')}</span>}
      </legend>
      {dispositions.length > searchAbove && (
        <Field
          quiet
          type="search"
          label={t('wrapUp.search')}
          value={search.value}
          invalid={missing.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
          onKeyDown={toggleFirst}
        />
      )}
      <div class={css.chips}>
        {found.map(({ id, label }) => (
          <Chip key={id} label={label} pressed={chosen.includes(id)} onToggle={() => toggle(id)} />
        ))}
        {found.length === 0 && <p class={css.none}>{t('wrapUp.noneFound')}</p>}
      </div>
      {missing.value && (
        <p class={css.missing} role="alert">
          {t('wrapUp.missing')}
        </p>
      )}
    </fieldset>
  );
}

function has(label: string, search: string): boolean {
  return label.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
}

/** So many are seen at a glance. */
const searchAbove = 6;
