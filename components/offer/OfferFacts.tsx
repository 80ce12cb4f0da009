import type { ComponentChildren } from 'preact';
import type { OfferView, PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Facts } from '../ui/Facts.tsx';
import { Timer } from '../ui/Timer.tsx';

type Props = { readonly model: PanelModel; readonly offer: OfferView };

/** What is known about an offer; what isn't known takes no line. */
export function OfferFacts({ model, offer }: Props) {
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('facts.phone'), offer.phone],
    [t('facts.email'), offer.email],
    [t('facts.subject'), offer.subject],
    [t('facts.entryPage'), offer.entryPage === null ? null : shortAddress(offer.entryPage)],
    [t('offer.waiting'), <Waited key="waited" model={model} since={offer.enqueuedAt} />],
  ];
  return <Facts facts={facts} />;
}

function Waited({ model, since }: { readonly model: PanelModel; readonly since: number }) {
  return <Timer ms={model.now.value - since} />;
}

/** `shop.example/checkout`: what a person recognises of an address. */
export function shortAddress(address: string): string {
  try {
    const { host, pathname } = new URL(address);
    return host + (pathname === '/' ? '' : pathname);
  } catch {
    return address;
  }
}
