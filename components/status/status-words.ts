import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';

type Shown = PanelModel['status']['shown']['value'];

/** The status as the switch shows it; what was asked and not answered yet ends in "…" (STATE-4). */
export function statusWords(model: PanelModel): string {
  const { status, reason, pending, asked } = model.status.shown.value;
  if (asked !== null) return t(`status.asked.${asked}`);
  if (pending !== null) return t('status.pending', { left: pending.left });
  if (status === 'unknown') return t(`status.unknown.${isOnItsWay(model) ? 'coming' : 'cut'}`);
  const why = status === 'not-ready' ? reasonWords(model, reason) : null;
  return why === null ? t(`status.name.${status}`) : t('status.because', { reason: why });
}

export function dotOf({ status, pending }: Shown): Shown['status'] | 'pending' {
  return pending !== null && status === 'ready' ? 'pending' : status;
}

/** What isn't known yet comes with the connection; some connections don't come by themselves. */
function isOnItsWay({ connection }: PanelModel): boolean {
  const { state } = connection.value;
  return state === 'connecting' || state === 'live';
}

/** A reason of the centre by its label, one of the system by our words, else none. */
export function reasonWords(model: PanelModel, reason: string | null): string | null {
  if (reason === null) return null;
  const label = model.status.reasons.value.find(({ id }) => id === reason)?.label;
  if (label !== undefined) return label;
  return isSystemReason(reason) ? t(`status.system.${reason}`) : null;
}

const systemReasons = ['signed-in', 'unreachable', 'rejects', 'away', 'after-wrap-up'] as const;
type SystemReason = (typeof systemReasons)[number];

function isSystemReason(reason: string): reason is SystemReason {
  return systemReasons.some((known) => known === reason);
}
