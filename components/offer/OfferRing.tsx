import type { OfferView, PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Ring } from '../ui/Ring.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';

type Props = { readonly model: PanelModel; readonly offer: OfferView };

/** The time left to answer. It stands still until the server knows that the offer is shown. */
export function OfferRing({ model, offer }: Props) {
  const { answerBy, answerMs } = offer;
  // The clock ticks once a second: it may be behind when the time begins to run.
  const left = Math.min(answerMs, Math.max(0, (answerBy ?? Infinity) - model.now.value));
  const seconds = Math.ceil(left / 1000);
  return (
    <>
      <Ring part={left / answerMs} label={String(seconds)} />
      <VisuallyHidden>
        <span role="timer">{t('offer.timeLeft', { seconds })}</span>
      </VisuallyHidden>
    </>
  );
}
