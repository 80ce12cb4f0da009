import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import styles from './Waiting.module.css';

/** ROUTE-7: the place in the queue and about how long it takes, as far as they are known. */
export function Waiting({ model }: { readonly model: Model }) {
  const { position, talk } = model.state.value;
  const starting = model.phase.value === 'starting';
  return (
    <section class={styles.waiting} role="status">
      <p class={styles.place}>
        {starting
          ? t('chat.waiting.starting')
          : position === null
            ? t(talk?.agent ? 'chat.waiting.again' : 'chat.waiting.queued')
            : position.position === null
              ? t('chat.waiting.far')
              : t('chat.waiting.position', { position: position.position })}
      </p>
      {position?.estimateMs != null && (
        <p>{t('chat.waiting.estimate', { minutes: Math.round(position.estimateMs / 60_000) })}</p>
      )}
      {!starting && <p class={styles.hint}>{t('chat.waiting.hint')}</p>}
    </section>
  );
}
