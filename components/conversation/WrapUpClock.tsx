import type { ReadonlySignal } from '@preact/signals';
import type { ConversationModel, InteractionTab } from '../../desk/models/panel-model.ts';
import { duration } from '../../locales/format.ts';
import { t } from '../../locales/panel.ts';
import { Timer } from '../ui/Timer.tsx';
import css from './WrapUpClock.module.css';

type Props = {
  readonly conversation: ConversationModel;
  readonly wrapUp: NonNullable<InteractionTab['wrapUp']>;
  readonly now: ReadonlySignal<number>;
};

/** How it ended, and the wrap-up's time: "Wrap-up 0:38 of 1:00 · customer left". */
export function WrapUpClock({ conversation, wrapUp, now }: Props) {
  const endedBy = conversation.facts.value?.endedBy ?? null;
  const { since, until } = wrapUp;
  const isLate = until !== null && now.value > until;
  return (
    <>
      {t('wrapUp.title')} <Timer ms={now.value - since} tone="purple" />{' '}
      {until !== null &&
        !isLate &&
        t('wrapUp.of', { limit: duration(wholeSeconds(until - since)) })}
      {isLate && <strong class={css.late}>{t('wrapUp.late')}</strong>}
      {endedBy !== null && (
        <>
          {' · '}
          <span class={css.whole}>{t(`wrapUp.endedBy.${endedBy}`)}</span>
        </>
      )}
    </>
  );
}

/** The server may have set the end some milliseconds before it told: a minute stays a minute. */
function wholeSeconds(ms: number): number {
  return Math.round(ms / 1000) * 1000;
}
