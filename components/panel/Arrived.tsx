import { MessageCircle } from 'lucide-preact';
import { isolated } from '../../locales/format.ts';
import { t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import type { View } from './view.ts';

/** CHAT-10: accepted while the composer held text, so it is offered and nothing moved. */
export function Arrived({ view }: { readonly view: View }) {
  const tab = view.arrived.value;
  if (tab === null) return null;
  return (
    <Banner
      icon={MessageCircle}
      tone="quiet"
      text={t('arrived.text', { name: isolated(customerName(tab)) })}
    >
      <Button kind="quiet" onClick={() => view.open(tab.interaction, 'composer')}>
        {t('arrived.open')}
      </Button>
    </Banner>
  );
}
