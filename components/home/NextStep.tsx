import {
  BellRing,
  Cable,
  CloudOff,
  Coffee,
  Headset,
  MessagesSquare,
  MonitorSmartphone,
} from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import type { View } from '../panel/view.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

type Props = { readonly model: PanelModel; readonly view?: View };

/** Says where things stand and offers the one thing to do about it. */
export function NextStep({ model, view }: Props) {
  const { status, asked } = model.status.shown.value;
  const step = stepOf(model);
  // Above stands the question about it, with a button of its own.
  const isAsked = status === 'rona' || status === 'refused';
  const count = model.interactions.tabs.value.length;
  return (
    <EmptyState
      icon={icons[step]}
      title={t(`next.${step}.title`, { count })}
      text={t(`next.${step}.text`)}
    >
      {step === 'not-ready' && !isAsked && (
        <Button
          kind="primary"
          busy={asked !== null}
          onClick={() => void model.status.set('ready', null)}
        >
          {asked === null ? t('next.not-ready.do') : t(`status.asked.${asked}`)}
        </Button>
      )}
      {step === 'working' && view !== undefined && status !== 'logged-off' && (
        <Button onClick={view.showInteractions}>{t('next.working.do')}</Button>
      )}
    </EmptyState>
  );
}

type Step = 'not-ready' | 'ready' | 'answer' | 'working' | 'elsewhere' | 'offline' | 'coming';

const icons = {
  'not-ready': Coffee,
  ready: Headset,
  answer: BellRing,
  working: MessagesSquare,
  elsewhere: MonitorSmartphone,
  offline: CloudOff,
  coming: Cable,
} satisfies Record<Step, unknown>;

function stepOf(model: PanelModel): Step {
  const { status } = model.status.shown.value;
  const { state } = model.connection.value;
  if (state === 'open-elsewhere') return 'elsewhere';
  if (model.offers.open.value.length > 0) return 'answer';
  if (model.interactions.tabs.value.length > 0) return 'working';
  if (status === 'unknown') return 'coming';
  if (status !== 'ready') return 'not-ready';
  return state === 'live' ? 'ready' : 'offline';
}
