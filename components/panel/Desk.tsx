import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { Home } from '../home/Home.tsx';
import { Interactions } from '../interactions/Interactions.tsx';
import { Offers } from '../offer/Offers.tsx';
import { SignOutRefused } from '../status/SignOutRefused.tsx';
import { StatusQuestion } from '../status/StatusQuestion.tsx';
import { Arrived } from './Arrived.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import css from './Desk.module.css';
import { PageTabs } from './PageTabs.tsx';
import { RefusedCommands } from './RefusedCommands.tsx';
import { followShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import { createView } from './view.ts';

/** The panel of somebody who is signed in. */
export function Desk({ model }: { readonly model: PanelModel }) {
  const view = useMemo(() => createView(model), [model]);
  // At once when the panel goes: a passive effect's cleanup would wait for a paint that never comes.
  useLayoutEffect(() => {
    const unfollow = followShortcuts(model, view);
    return () => {
      unfollow();
      view.close();
    };
  }, [model, view]);
  const page = view.page.value;
  return (
    <div class={css.desk}>
      <TopBar model={model} view={view} />
      <main class={css.main}>
        <ConnectionLine model={model} />
        <RefusedCommands model={model} />
        <SignOutRefused model={model} view={view} />
        <StatusQuestion model={model} />
        {/* Offers cover this and never what is said above. */}
        <div class={css.stage}>
          <PageTabs model={model} view={view} />
          <Arrived view={view} />
          <div class={css.page} id="page" role="tabpanel" aria-labelledby={`tab-${page}`}>
            {page === 'home' ? (
              <Home model={model} view={view} />
            ) : (
              <Interactions model={model} view={view} />
            )}
          </div>
          <Offers model={model} />
        </div>
      </main>
    </div>
  );
}
