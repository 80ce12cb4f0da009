import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import styles from './ConnectionLine.module.css';

/** What is the matter with the line, when something is and there was one before. */
export function ConnectionLine({ model }: { readonly model: Model }) {
  const { connection, site } = model.state.value;
  const waiting = model.posts.value.filter((row) => row.failed === null).length;
  const away = connection !== 'live' && connection !== 'stopped' && site !== null;
  return (
    <div role="status">
      {away && (
        <p class={styles.line}>
          {t('chat.reconnecting')}
          {waiting > 0 && ` ${t('chat.waiting-to-be-sent', { count: waiting })}`}
        </p>
      )}
    </div>
  );
}
