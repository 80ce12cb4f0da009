import { useId } from 'preact/hooks';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Button } from '../ui/Button.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import css from './StatusQuestion.module.css';

/** After RONA or Refused nothing comes until the agent has answered this (OFFER-5, OFFER-6). */
export function StatusQuestion({ model }: { readonly model: PanelModel }) {
  const { status, asked } = model.status.shown.value;
  const title = useId();
  if (status !== 'rona' && status !== 'refused') return null;
  return (
    <section class={css.card} role="alert" aria-labelledby={title}>
      <h2 id={title}>
        <StatusDot status={status} />
        {t(`question.${status}.title`)}
      </h2>
      <p>{t(`question.${status}.text`)}</p>
      <div class={css.answers}>
        <Button busy={asked !== null} onClick={() => void model.status.set('not-ready', null)}>
          {t('status.name.not-ready')}
        </Button>
        <Button
          kind="primary"
          busy={asked !== null}
          onClick={() => void model.status.set('ready', null)}
        >
          {t('status.name.ready')}
        </Button>
      </div>
    </section>
  );
}
