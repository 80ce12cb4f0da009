import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import styles from './Chat.module.css';
import { ConnectionLine } from './ConnectionLine.tsx';
import { Header } from './Header.tsx';
import { Later } from './Later.tsx';
import { StartForm } from './StartForm.tsx';
import { Unreachable } from './Unreachable.tsx';

/** The whole page: head, connection line, and one of the screens. */
export function Chat({ model }: { readonly model: Model }) {
  const hideOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) model.hide();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc hides the chat from wherever the focus is.
    <div class={styles.chat} onKeyDown={hideOnEscape}>
      <Header model={model} />
      <ConnectionLine model={model} />
      <main class={styles.screen} aria-label={t('chat.title')} tabIndex={-1}>
        <Screen model={model} />
      </main>
    </div>
  );
}

function Screen({ model }: { readonly model: Model }) {
  switch (model.screen.value) {
    case 'connecting':
    case 'stopped':
      return <Unreachable model={model} />;
    case 'form':
      return <StartForm model={model} />;
    case 'talk':
      return <Later model={model} />;
    default:
      return model.screen.value satisfies never;
  }
}
