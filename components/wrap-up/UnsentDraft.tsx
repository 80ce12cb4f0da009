import type { ConversationModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import css from './UnsentDraft.module.css';

/** The conversation ended while something was being written: it is shown, not swallowed. */
export function UnsentDraft({ conversation }: { readonly conversation: ConversationModel }) {
  const text = conversation.draft.value.trim();
  if (text === '') return null;
  return (
    <details class={css.draft}>
      <summary>{t('wrapUp.unsent')}</summary>
      <p dir="auto">{text}</p>
    </details>
  );
}
