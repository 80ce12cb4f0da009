import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import styles from './Header.module.css';
import { Icon } from './Icon.tsx';

/** Whom one talks to, and what one can do about it: sound, end, hide. */
export function Header({ model }: { readonly model: Model }) {
  const { site, talk } = model.state.value;
  const agent =
    model.phase.value === 'active' && model.screen.value === 'talk' ? talk?.agent : null;
  const name = site?.name ?? t('chat.title');
  return (
    <header class={styles.header}>
      {agent && (
        <span class={styles.initial} aria-hidden="true">
          {[...agent][0]}
        </span>
      )}
      <div class={styles.names}>
        <h1 class={styles.name}>{agent ?? name}</h1>
        {agent && <p class={styles.site}>{name}</p>}
      </div>
      {model.going.value && (
        <button
          type="button"
          class={styles.end}
          aria-label={t('chat.end')}
          onClick={() => {
            model.ending.value = true;
          }}
        >
          {t('chat.end.short')}
        </button>
      )}
      <button
        type="button"
        class={styles.tool}
        aria-pressed={model.soundOn.value}
        title={t('chat.sound')}
        aria-label={t('chat.sound')}
        onClick={model.toggleSound}
      >
        <Icon name={model.soundOn.value ? 'loud' : 'quiet'} />
      </button>
      <button
        type="button"
        class={styles.tool}
        title={t('chat.hide')}
        aria-label={t('chat.hide')}
        onClick={model.hide}
      >
        <Icon name="down" />
      </button>
    </header>
  );
}
