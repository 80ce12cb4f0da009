import type { PanelModel } from '../../desk/models/panel-model.ts';
import { OfferCard } from './OfferCard.tsx';
import css from './Offers.module.css';

/** The layer over the top of the panel in which offers ring. It ends above the composer. */
export function Offers({ model }: { readonly model: PanelModel }) {
  const offers = model.offers.open.value;
  if (offers.length === 0) return null;
  return (
    <div class={css.layer} data-offer>
      {offers.map((offer) => (
        <OfferCard key={offer.offer} model={model} offer={offer} />
      ))}
    </div>
  );
}
