import { X } from 'lucide-preact';
import { t } from '../../locales/panel.ts';
import { IconButton } from '../ui/IconButton.tsx';
import css from './ShortcutList.module.css';

const shortcutListId = 'shortcut-list';

/** What the keyboard can do; a native dialog, so Esc closes it and the focus goes back. */
export function ShortcutList() {
  return (
    <dialog id={shortcutListId} class={css.dialog} aria-labelledby="shortcut-list-title">
      <div class={css.head}>
        <h2 id="shortcut-list-title">{t('shortcuts.title')}</h2>
        <IconButton
          icon={X}
          label={t('shortcuts.close')}
          onClick={(event) => event.currentTarget.closest('dialog')?.close()}
        />
      </div>
      <dl class={css.list}>
        {shortcuts.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(`shortcuts.${name}`)}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

export function openShortcutList(): void {
  const list = document.getElementById(shortcutListId);
  if (list instanceof HTMLDialogElement && !list.open) list.showModal();
}

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);
/** The key that commits: ⌘ on a Mac, Ctrl elsewhere. */
export const commitKeys = isMac ? '⌘⏎' : 'Ctrl+⏎';

const shortcuts = [
  ['send', '⏎'],
  ['newLine', 'Shift+⏎'],
  ['openInteraction', 'Alt+1 … 9'],
  ['accept', '⏎'],
  ['reject', 'Esc'],
  ['markDone', commitKeys],
  ['list', '?'],
] as const;
