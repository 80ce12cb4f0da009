import { t } from '../../locales/panel.ts';

/** What a customer is called on screen: their name, else "Visitor 4821". */
export function customerName(customer: {
  readonly name: string | null;
  readonly shortId: string;
}): string {
  return customer.name?.trim() || t('customer.visitor', { id: customer.shortId });
}
