import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { language, type PanelLanguage, panelLanguages, t } from '../../locales/panel.ts';
import { Menu, MenuGroup, MenuItem } from '../ui/Menu.tsx';
import { chooseLanguage, chooseTheme, theme } from './choices.ts';
import css from './PanelMenu.module.css';
import { openShortcutList, ShortcutList } from './ShortcutList.tsx';
import type { View } from './view.ts';

const themes = [
  ['system', Monitor],
  ['light', Sun],
  ['dark', Moon],
] as const;

/** Who is signed in where, how it looks, and the way out. */
export function PanelMenu({ model, view }: { readonly model: PanelModel; readonly view: View }) {
  const signOut = async () => {
    view.signOut.value = null;
    view.signOut.value = await model.session.signOut();
  };
  return (
    <>
      <Menu id="panel-menu" label={t('menu.label')} align="end">
        <Who model={model} />
        <MenuGroup label={t('menu.theme')}>
          {themes.map(([name, Icon]) => (
            <MenuItem
              key={name}
              checked={theme.value === name}
              icon={<Icon size={14} aria-hidden="true" />}
              onChoose={() => chooseTheme(name)}
            >
              {t(`theme.${name}`)}
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuGroup label={t('menu.language')}>
          {(Object.keys(panelLanguages) as PanelLanguage[]).map((name) => (
            <MenuItem
              key={name}
              checked={language.value === name}
              onChoose={() => void chooseLanguage(name)}
            >
              <span lang={name}>{panelLanguages[name]}</span>
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuGroup label={t('menu.more')}>
          <MenuItem icon={<Keyboard size={14} aria-hidden="true" />} onChoose={openShortcutList}>
            {t('shortcuts.title')}
          </MenuItem>
          <MenuItem icon={<LogOut size={14} aria-hidden="true" />} onChoose={() => void signOut()}>
            {t('signOut.do')}
          </MenuItem>
        </MenuGroup>
      </Menu>
      <ShortcutList />
    </>
  );
}

function Who({ model }: { readonly model: PanelModel }) {
  const session = model.session.current.value;
  if (session === null) return null;
  return (
    <div class={css.who} role="presentation">
      <bdi>{session.name}</bdi>
      <span>
        <bdi>{session.centre}</bdi> · <bdi>{session.server.replace(/^https?:\/\//, '')}</bdi>
      </span>
    </div>
  );
}
