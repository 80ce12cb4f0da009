import { useEffect, useRef } from 'preact/hooks';
import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import styles from './EndDialog.module.css';

/** END-1: ending takes a second click. The dialog is the browser's own: focus and Esc are its work. */
export function EndDialog({ model }: { readonly model: Model }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const asking = model.ending.value;
  useEffect(() => {
    if (asking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asking]);
  const close = () => {
    model.ending.value = false;
  };
  return (
    <dialog
      ref={dialog}
      class={styles.dialog}
      aria-labelledby="end-question"
      aria-describedby="end-more"
      onClose={close}
      // The Esc that closes it is not the one that hides the chat.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="end-question">{t('chat.end.question')}</h2>
      <p id="end-more" class={styles.more}>
        {t('chat.end.more')}
      </p>
      <div class={styles.choices}>
        <button type="button" onClick={close}>
          {t('chat.end.no')}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            close();
            model.leave();
          }}
        >
          {t('chat.end')}
        </button>
      </div>
    </dialog>
  );
}
