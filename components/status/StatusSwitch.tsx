import { ChevronDown, Undo2 } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Menu, MenuGroup, MenuItem } from '../ui/Menu.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import css from './StatusSwitch.module.css';
import { dotOf, statusWords } from './status-words.ts';

/** One switch for the agent's status: ready, or not ready with a reason of the centre. */
export function StatusSwitch({ model }: { readonly model: PanelModel }) {
  const shown = model.status.shown.value;
  const words = statusWords(model);
  return (
    <>
      <button
        type="button"
        class={css.switch}
        popovertarget="status-menu"
        aria-haspopup="menu"
        aria-busy={shown.asked !== null}
        aria-label={t('status.switch', { status: words })}
        title={words}
      >
        <StatusDot status={dotOf(shown)} />
        <span class={css.words}>{words}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      <Menu id="status-menu" label={t('status.menu')} align="start">
        <Choices model={model} />
      </Menu>
    </>
  );
}

function Choices({ model }: { readonly model: PanelModel }) {
  const { shown, reasons, set } = model.status;
  const { status, reason, pending } = shown.value;
  const wanted = pending ? 'not-ready' : status;
  const wantedReason = pending ? pending.reason : reason;
  return (
    <>
      {pending ? (
        <MenuItem icon={<Undo2 size={14} />} onChoose={() => void set('ready', null)}>
          {t('status.undo')}
        </MenuItem>
      ) : (
        <MenuItem
          checked={wanted === 'ready'}
          icon={<StatusDot status="ready" />}
          onChoose={() => void set('ready', null)}
        >
          {t('status.name.ready')}
        </MenuItem>
      )}
      <MenuGroup label={t('status.name.not-ready')}>
        {[...reasons.value, { id: null, label: t('status.noReason') }].map(({ id, label }) => (
          <MenuItem
            key={id ?? ''}
            checked={wanted === 'not-ready' && wantedReason === id}
            icon={<StatusDot status="not-ready" />}
            onChoose={() => void set('not-ready', id)}
          >
            {label}
          </MenuItem>
        ))}
      </MenuGroup>
    </>
  );
}
