import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import css from './PageTabs.module.css';
import type { View } from './view.ts';

type Props = { readonly model: PanelModel; readonly view: View };

const pages = ['home', 'interactions'] as const;

/** The two pages that are always there (CHAT-10). */
export function PageTabs({ model, view }: Props) {
  const unread = model.interactions.tabs.value.some((tab) => tab.unread > 0);
  const show = (page: (typeof pages)[number]) => {
    if (page === 'home') view.page.value = 'home';
    else view.showInteractions();
  };
  return (
    <div
      class={css.tabs}
      role="tablist"
      aria-label={t('pages.label')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        const other = view.page.value === 'home' ? 'interactions' : 'home';
        show(other);
        document.getElementById(`tab-${other}`)?.focus();
      }}
    >
      {pages.map((page) => (
        <button
          key={page}
          id={`tab-${page}`}
          type="button"
          role="tab"
          class={css.tab}
          aria-selected={view.page.value === page}
          aria-controls="page"
          tabIndex={view.page.value === page ? 0 : -1}
          onClick={() => show(page)}
        >
          {t(`pages.${page}`)}
          {page === 'interactions' && <Count model={model} unread={unread} view={view} />}
        </button>
      ))}
    </div>
  );
}

function Count({ model, unread, view }: Props & { readonly unread: boolean }) {
  const count = model.interactions.tabs.value.length;
  if (count === 0) return null;
  return (
    <span class={css.count}>
      {count}
      {unread && view.page.value === 'home' && (
        <>
          <span class={css.dot} />
          <VisuallyHidden>{t('tab.unreadSomewhere')}</VisuallyHidden>
        </>
      )}
    </span>
  );
}
