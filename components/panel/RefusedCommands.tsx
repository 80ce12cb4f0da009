import { CircleAlert } from 'lucide-preact';
import type { PanelModel, RefusedCommand } from '../../desk/models/panel-model.ts';
import { isolated } from '../../locales/format.ts';
import { t } from '../../locales/panel.ts';
import { type RefusalName, refusals } from '../../protocol/refusals.ts';
import { customerName } from '../interactions/customer-name.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';

/** What the server said no to: which act, why, and what can be done. */
export function RefusedCommands({ model }: { readonly model: PanelModel }) {
  return model.refused.value.map((refused) => (
    <Banner
      key={refused.id}
      icon={CircleAlert}
      tone="danger"
      role="alert"
      text={`${act(model, refused)} ${t(`refusal.${refused.refusal}`)}`}
    >
      {mayHelp(refused.refusal) && (
        <Button kind="quiet" onClick={() => void model.retry(refused.id)}>
          {t('refused.retry')}
        </Button>
      )}
      <Button kind="quiet" onClick={() => void model.discard(refused.id)}>
        {t('refused.dismiss')}
      </Button>
    </Banner>
  ));
}

/** Trying again can only help where the reason passes, or the agent can remove it. */
function mayHelp(name: RefusalName): boolean {
  return !refusals[name].final || name === 'still-owning' || name === 'offer-ringing';
}

function act({ interactions }: PanelModel, { command, interaction }: RefusedCommand): string {
  const tab = interactions.tabs.value.find((one) => one.interaction === interaction);
  return tab === undefined
    ? t(`refused.${command}`)
    : t('refused.of', { act: t(`refused.${command}`), name: isolated(customerName(tab)) });
}
