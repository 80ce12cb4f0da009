import type { ReadonlySignal } from '@preact/signals';
import type { InteractionTab as Tab } from '../../desk/models/panel-model.ts';
import { isolated } from '../../locales/format.ts';
import { t } from '../../locales/panel.ts';
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
      aria-label={spoken(tab)}
      title={customerName(tab)}
      tabIndex={reachable ? 0 : -1}
      style={{ '--bar': `var(--bar-${tab.colour % 8})` }}
      onClick={(event) => onSelect(event.detail > 0)}
    >
      <span class={css.name}>
        <bdi>{customerName(tab)}</bdi>
        {tab.unread > 0 && <span class={css.unread} />}
      </span>
      <TabTimers tab={tab} now={now} />
    </button>
  );
}

/** What the eye reads off the tab, without the running figures. */
function spoken(tab: Tab): string {
  const parts = [isolated(customerName(tab))];
  if (tab.unread > 0) parts.push(t('tab.unread', { count: tab.unread }));
  if (tab.wrapUp !== null) parts.push(t('tab.wrapUp'));
  else if (tab.customer !== 'here') parts.push(t(`tab.${tab.customer}`));
  else if (tab.waitingSince !== null) parts.push(t('tab.waiting'));
  return parts.join(', ');
}
