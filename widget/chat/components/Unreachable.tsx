import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import { closeCodes } from '../wire.ts';
import styles from './Unreachable.module.css';

/** Before the server was ever heard, or when it doesn't want this page. */
export function Unreachable({ model }: { readonly model: Model }) {
  const { connection, stopCode, tries } = model.state.value;
  return (
    <div class={styles.middle} role="status">
      {connection === 'stopped' && stopCode === closeCodes['protocol-too-old'] ? (
        <>
          <p>{t('chat.too-old')}</p>
          <button type="button" class="primary" onClick={() => location.reload()}>
            {t('chat.reload')}
          </button>
        </>
      ) : connection === 'stopped' ? (
        <p>{t('chat.not-here')}</p>
      ) : tries > 0 ? (
        <>
          <p>{t('chat.unreachable')}</p>
          <p class={styles.more}>{t('chat.unreachable-more')}</p>
          <button type="button" onClick={model.wake}>
            {t('chat.try-now')}
          </button>
        </>
      ) : (
        <p class={styles.more}>{t('chat.connecting')}</p>
      )}
    </div>
  );
}
