import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import type { View } from '../panel/view.ts';
import { DoneList } from './DoneList.tsx';
import css from './Home.module.css';
import { NextStep } from './NextStep.tsx';

type Props = { readonly model: PanelModel; readonly view: View };

/** What to do next, and what was done last. */
export function Home({ model, view }: Props) {
  const hasDone = model.interactions.done.value.length > 0;
  return (
    <div class={css.home}>
      <NextStep model={model} view={view} />
      {hasDone && (
        <section class={css.section}>
          <h2>{t('home.done')}</h2>
          <DoneList model={model} view={view} />
        </section>
      )}
    </div>
  );
}
