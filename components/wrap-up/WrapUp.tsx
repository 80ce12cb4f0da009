import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../locales/panel.ts';
import type { ConversationProps } from '../conversation/Conversation.tsx';
import { commitKeys } from '../panel/ShortcutList.tsx';
import { Button } from '../ui/Button.tsx';
import { Dispositions } from './Dispositions.tsx';
import { UnsentDraft } from './UnsentDraft.tsx';
import css from './WrapUp.module.css';

/** END-2: what came of it, a note, and Mark done; the transcript stays in sight above. */
export function WrapUp({ conversation }: ConversationProps) {
  const { wrapUp } = conversation;
  const form = useRef<HTMLFormElement>(null);
  const missing = useSignal(false);
  const done = useSignal(false);
  const note = useId();
  const focusFirst = () => form.current?.querySelector<HTMLElement>('input, button')?.focus();
  useEffect(() => {
    if (document.activeElement === document.body) focusFirst();
  }, []);

  const markDone = async () => {
    if (done.value) return;
    const answer = await conversation.markDone();
    done.value = answer === 'queued';
    missing.value = answer === 'disposition-missing';
    if (missing.value) focusFirst();
  };
  return (
    <form
      ref={form}
      class={css.form}
      aria-label={t('wrapUp.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void markDone();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void markDone();
      }}
    >
      <div class={css.fields}>
        <UnsentDraft conversation={conversation} />
        <Dispositions conversation={conversation} missing={missing} />
        <label class={css.label} for={note}>
          {t('wrapUp.note')}
        </label>
        <textarea
          id={note}
          class={css.note}
          rows={2}
          placeholder={t('wrapUp.notePlaceholder')}
          value={wrapUp.value.note}
          onInput={(event) => {
            wrapUp.value = { ...wrapUp.value, note: event.currentTarget.value };
          }}
        />
      </div>
      <footer class={css.foot}>
        <Button kind="primary" type="submit" busy={done.value}>
          {done.value ? t('wrapUp.marking') : t('wrapUp.markDone')}
          {!done.value && <span aria-hidden="true">{commitKeys}</span>}
        </Button>
      </footer>
    </form>
  );
}
