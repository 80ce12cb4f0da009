import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { OfferView, PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import { Button } from '../ui/Button.tsx';
import { ChannelIcon } from '../ui/ChannelIcon.tsx';
import css from './OfferCard.module.css';
import { OfferFacts } from './OfferFacts.tsx';
import { OfferRing } from './OfferRing.tsx';
import { takeFocusPolitely } from './take-focus.ts';
import { whyWords } from './why-words.ts';

type Props = { readonly model: PanelModel; readonly offer: OfferView };

/** OFFER-2. Enter accepts and Esc asks, but only when the focus is in the card. */
export function OfferCard({ model, offer }: Props) {
  const card = useRef<HTMLElement>(null);
  const asking = useSignal(false);
  const id = useId();
  // Its cleanup runs while the card is still there; that of a passive effect comes too late.
  useLayoutEffect(() => (card.current ? takeFocusPolitely(card.current) : undefined), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === card.current && !event.repeat) {
      event.preventDefault();
      void model.offers.accept(offer);
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      asking.value = !asking.value;
    }
  };
  return (
    <section
      ref={card}
      class={css.card}
      role="alertdialog"
      tabIndex={-1}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-facts`}
      onKeyDown={onKeyDown}
    >
      <div class={css.head}>
        <OfferRing model={model} offer={offer} />
        <div class={css.who}>
          <h2 id={`${id}-name`}>
            <bdi>{customerName(offer)}</bdi>
          </h2>
          <p>
            <ChannelIcon channel={offer.channel} /> {t(`channel.${offer.channel}`)} ·{' '}
            <bdi>{offer.queue}</bdi>
          </p>
        </div>
      </div>
      <div id={`${id}-facts`}>
        <OfferFacts model={model} offer={offer} />
        <p class={css.why}>{whyWords(offer.why)}</p>
      </div>
      <Answers model={model} offer={offer} asking={asking.value} />
    </section>
  );
}

function Answers({ model, offer, asking }: Props & { readonly asking: boolean }) {
  const { answering } = offer;
  const reject = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) reject.current?.focus();
  }, [asking]);
  return (
    <div class={css.answers}>
      <Button
        ref={reject}
        kind={asking ? 'danger' : 'plain'}
        busy={answering !== null}
        onClick={() => void model.offers.reject(offer)}
      >
        {t(
          answering === 'reject' ? 'offer.rejecting' : asking ? 'offer.rejectNow' : 'offer.reject',
        )}
      </Button>
      <Button
        kind="primary"
        busy={answering !== null}
        onClick={() => void model.offers.accept(offer)}
      >
        {answering === 'accept' ? t('offer.accepting') : t('offer.accept')}
        {answering === null && <span aria-hidden="true">⏎</span>}
      </Button>
    </div>
  );
}
