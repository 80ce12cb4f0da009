import { CircleAlert, X } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import type { View } from '../panel/view.ts';
import { waitingWords } from '../panel/waiting-words.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';

type Props = { readonly model: PanelModel; readonly view: View };

/** STATE-9: why signing out was refused, and what to do first. Gone when the cause is gone. */
export function SignOutRefused({ model, view }: Props) {
  const answer = view.signOut.value;
  if (answer === null || answer === 'signed-out' || !stands(model, answer)) return null;
  const values = {
    'still-owning': { count: held(model) },
    'offer-ringing': { count: model.offers.open.value.length },
    unsent: waitingWords(model.connection.value.waiting),
    failed: { count: model.failed.value.length },
  };
  const [failed] = model.failed.value;
  return (
    <Banner icon={CircleAlert} role="alert" text={t(`signOut.${answer}`, values[answer])}>
      {answer === 'failed' && failed !== undefined && (
        <Button kind="quiet" onClick={() => view.open(failed.interaction)}>
          {t('signOut.show')}
        </Button>
      )}
      <IconButton
        icon={X}
        label={t('refused.dismiss')}
        onClick={() => {
          view.signOut.value = null;
        }}
      />
    </Banner>
  );
}

type Cause = 'still-owning' | 'offer-ringing' | 'unsent' | 'failed';

function stands(model: PanelModel, cause: Cause): boolean {
  if (cause === 'still-owning') return held(model) > 0;
  if (cause === 'offer-ringing') return model.offers.open.value.length > 0;
  if (cause === 'failed') return model.failed.value.length > 0;
  return waitingWords(model.connection.value.waiting).count > 0;
}

/** END-7: a workbin keeps nobody from signing out. */
const held = (model: PanelModel): number =>
  model.interactions.tabs.value.filter(({ isParked }) => !isParked).length;
