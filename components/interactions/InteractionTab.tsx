import type { ReadonlySignal } from '@preact/signals';
import type { InteractionTab as Tab } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { customerName } from './customer-name.ts';
import css from './InteractionTab.module.css';
import { TabTimers } from './TabTimers.tsx';

type Props = {
  readonly tab: Tab;
  readonly now: ReadonlySignal<number>;
  readonly selected: boolean;
  /** The one that the Tab key reaches; the arrows do the rest. */
  readonly reachable: boolean;
  readonly onSelect: (byPointer: boolean) => void;
};

export function InteractionTab({ tab, now, selected, reachable, onSelect }: Props) {
  return (
    <button
      type="button"
      role="tab"
      class={css.tab}
      aria-selected={selected}
      aria-controls="conversation"
      title={customerName(tab)}
      tabIndex={reachable ? 0 : -1}
      style={{ '--bar': `var(--bar-${tab.colour % 8})` }}
      onClick={(event) => onSelect(event.detail > 0)}
    >
      <span class={css.name}>
        <bdi>{customerName(tab)}</bdi>
        {tab.unread > 0 && (
          <>
            <VisuallyHidden>, {t('tab.unread', { count: tab.unread })}</VisuallyHidden>
            <span class={css.unread} />
          </>
        )}
      </span>
      <TabTimers tab={tab} now={now} />
    </button>
  );
}
