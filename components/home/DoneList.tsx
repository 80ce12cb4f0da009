import { ChevronRight } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { formatTime, t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import type { View } from '../panel/view.ts';
import { Avatar } from '../ui/Avatar.tsx';
import css from './DoneList.module.css';

type Props = { readonly model: PanelModel; readonly view: View };

/** The interactions done last on this machine; a click reads one again. */
export function DoneList({ model, view }: Props) {
  return (
    <ul class={css.list}>
      {model.interactions.done.value.map((tab) => (
        <li key={tab.interaction}>
          <button type="button" class={css.row} onClick={() => view.open(tab.interaction)}>
            <Avatar name={customerName(tab)} />
            <span class={css.text}>
              <bdi class={css.name}>{customerName(tab)}</bdi>
              <span class={css.sub}>
                <bdi>{tab.queue}</bdi> · {t(`channel.${tab.channel}`)} ·{' '}
                {formatTime(tab.acceptedAt)}
              </span>
            </span>
            <ChevronRight size={16} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
