import type { PanelModel } from '../../desk/models/panel-model.ts';
import { isTyping } from '../ui/is-typing.ts';
import { openShortcutList } from './ShortcutList.tsx';
import type { View } from './view.ts';

/**
 * Alt+1 … Alt+9 open the interactions in the order of their tabs, ? lists the shortcuts. Returns how
 * to stop.
 */
export function followShortcuts({ interactions }: PanelModel, view: View): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key === '?' && !isTyping(document.activeElement)) openShortcutList();
    // The code, not the key: with Alt a Mac's digits write other characters.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (digit === undefined || !event.altKey || event.ctrlKey || event.metaKey) return;
    const tab = interactions.tabs.value[Number(digit) - 1];
    if (tab === undefined) return;
    event.preventDefault();
    view.open(tab.interaction, 'composer');
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
