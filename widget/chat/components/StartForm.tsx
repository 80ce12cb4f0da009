import { signal } from '@preact/signals';
import type { TargetedEvent } from 'preact';
import type { Fields, Model } from '../model.ts';
import { type Key, t } from '../texts.ts';
import { limits } from '../wire.ts';
import styles from './StartForm.module.css';

type Name = keyof Fields;

/** What the site wants to know before a chat begins; each field as its set-up says. */
export function StartForm({ model }: { readonly model: Model }) {
  const { site } = model.state.value;
  if (site === null) return null;
  const failed = model.starting.value?.command;
  const before = failed?.type === 'start' ? failed : null;

  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const value = (name: string) => String(data.get(name) ?? '');
    const fields = Object.fromEntries(site.form.map(({ field }) => [field, value(field)]));
    const found = complain(fields, site.form);
    complaints.value = found;
    const [first] = Object.keys(found);
    if (first === undefined) model.start(value('queue') || (site.queues[0]?.id ?? ''), fields);
    else form.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };

  return (
    <form class={styles.form} noValidate onSubmit={submit}>
      <p class={styles.intro}>{t('chat.form.intro')}</p>
      {failed && (
        <p class={styles.failed} role="alert">
          {t('chat.form.refused')} {model.posts.value.length > 0 && t('chat.form.kept')}
        </p>
      )}
      {site.queues.length > 1 && (
        <label class={styles.field}>
          {t('chat.form.queue')}
          <select name="queue">
            {site.queues.map(({ id, name }) => (
              <option key={id} value={id} selected={id === before?.queue}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {site.form.map(({ field, required }) => (
        <div key={field} class={styles.field}>
          <label for={field}>
            {t(`chat.form.${field}`)} {!required && <Optional />}
          </label>
          <input
            id={field}
            name={field}
            {...kinds[field]}
            maxLength={limits.fieldCharacters}
            defaultValue={before?.[field]}
            aria-required={required}
            aria-invalid={complaints.value[field] !== undefined}
            aria-describedby={complaints.value[field] && `${field}-complaint`}
          />
          {complaints.value[field] && (
            <p id={`${field}-complaint`} class={styles.complaint}>
              {t(complaints.value[field])}
            </p>
          )}
        </div>
      ))}
      <div class={`${styles.field} ${styles.message}`}>
        <label for="message">
          {t('chat.form.message')} <Optional />
        </label>
        <textarea
          id="message"
          name="message"
          rows={3}
          maxLength={MESSAGE_CHARACTERS}
          value={model.draft.value}
          onInput={(event) => {
            model.draft.value = event.currentTarget.value;
          }}
        />
      </div>
      <button type="submit" class="primary">
        {t('chat.form.start')}
      </button>
    </form>
  );
}

const Optional = () => <span class={styles.optional}>({t('chat.form.optional')})</span>;

/** The kind of keyboard, and what the browser may fill in. */
const kinds = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  subject: { type: 'text', autocomplete: 'off' },
} as const;

type Complaints = { readonly [name in Name]?: Key };
/** There is one form in a page. */
const complaints = signal<Complaints>({});

function complain(
  fields: Readonly<Record<string, string>>,
  form: readonly { readonly field: Name; readonly required: boolean }[],
): Complaints {
  const found: { [name in Name]?: Key } = {};
  for (const { field, required } of form) {
    const value = fields[field]?.trim() ?? '';
    if (required && value === '') found[field] = 'chat.form.missing';
    else if (field === 'email' && value !== '' && !/^\S+@\S+\.\S+$/.test(value))
      found.email = 'chat.form.email-unlike';
  }
  return found;
}

/** Surely below `limits.textBytes`: no character takes more than three bytes per unit. */
const MESSAGE_CHARACTERS = 5_000;
