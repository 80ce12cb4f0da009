import { CloudOff, CloudUpload, MonitorSmartphone } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { waitingWords } from './waiting-words.ts';

/** Says when the panel is not live, and what is kept meanwhile. Live, it is not there. */
export function ConnectionLine({ model }: { readonly model: PanelModel }) {
  const { state } = model.connection.value;
  const waiting = waitingWords(model.connection.value.waiting);
  const kept = waiting.count > 0 ? t('connection.kept', waiting) : '';
  const isFirst = model.status.shown.value.status === 'unknown';
  switch (state) {
    case 'live':
    case 'signed-out':
      return null;
    case 'connecting':
      return (
        <Banner
          icon={CloudOff}
          late
          text={sentences(
            t(isFirst ? 'connection.first' : 'connection.connecting'),
            waiting.count > 0 ? t('connection.waiting', waiting) : '',
          )}
        />
      );
    case 'open-elsewhere':
      return (
        <Banner icon={MonitorSmartphone} text={sentences(t('connection.elsewhere'), kept)}>
          <Button kind="quiet" onClick={() => void model.session.takeBack()}>
            {t('connection.takeBack')}
          </Button>
        </Banner>
      );
    case 'update-needed':
      return (
        <Banner
          icon={CloudUpload}
          tone="danger"
          role="alert"
          text={sentences(t('connection.updateNeeded'), kept)}
        />
      );
    default:
      return state satisfies never;
  }
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
