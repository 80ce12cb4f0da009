import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import { Composer } from './Composer.tsx';
import styles from './Conversation.module.css';
import { EndDialog } from './EndDialog.tsx';
import { Log } from './Log.tsx';
import { Waiting } from './Waiting.tsx';

/** Waiting, talking, and the end of it. */
export function Conversation({ model }: { readonly model: Model }) {
  const over = model.phase.value === 'over';
  return (
    <>
      {(model.phase.value === 'starting' || model.phase.value === 'queued') && (
        <Waiting model={model} />
      )}
      <Log model={model} />
      {over ? (
        <div class={styles.over}>
          <p role="status">{t('chat.over')}</p>
          <button type="button" class="primary" onClick={model.startNew}>
            {t('chat.new')}
          </button>
        </div>
      ) : (
        <>
          <Composer model={model} />
          <EndDialog model={model} />
        </>
      )}
    </>
  );
}
