import { Ellipsis, Undo2 } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { StatusSwitch } from '../status/StatusSwitch.tsx';
import { ChannelIcon } from '../ui/ChannelIcon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { PanelMenu } from './PanelMenu.tsx';
import css from './TopBar.module.css';
import type { View } from './view.ts';

/** Status, load, menu: always in the same place. */
export function TopBar({ model, view }: { readonly model: PanelModel; readonly view: View }) {
  const { shown, set } = model.status;
  return (
    <header class={css.bar}>
      <VisuallyHidden>
        <h1>{t('app.name')}</h1>
      </VisuallyHidden>
      <StatusSwitch model={model} />
      {shown.value.pending && (
        <IconButton icon={Undo2} label={t('status.undo')} onClick={() => void set('ready', null)} />
      )}
      <Load model={model} />
      <span class={css.grow} />
      <IconButton
        icon={Ellipsis}
        label={t('menu.open')}
        popovertarget="panel-menu"
        aria-haspopup="menu"
      />
      <PanelMenu model={model} view={view} />
    </header>
  );
}

/** CAP-1. A chat alone needs no sign. */
function Load({ model }: { readonly model: PanelModel }) {
  const channels = model.status.load.value;
  if (model.status.shown.value.status === 'unknown') return null;
  return channels.map(({ channel, used, limit }) => {
    const label = t('load.label', { channel: t(`channel.${channel}`), used, limit });
    return (
      <span
        key={channel}
        class={css.load}
        data-over={used > limit || undefined}
        role="img"
        aria-label={label}
        title={label}
      >
        {(channels.length > 1 || channel !== 'chat') && <ChannelIcon channel={channel} />}
        {used}/{limit}
      </span>
    );
  });
}
