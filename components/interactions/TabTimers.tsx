import type { ReadonlySignal } from '@preact/signals';
import { Hourglass, PencilLine, TriangleAlert, UserX } from 'lucide-preact';
import type { InteractionTab } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Timer } from '../ui/Timer.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import css from './TabTimers.module.css';

type Props = { readonly tab: InteractionTab; readonly now: ReadonlySignal<number> };

/** CHAT-9: grey since accepted; beside it the wait for a reply, or the time in wrap-up. */
export function TabTimers({ tab, now }: Props) {
  const at = now.value;
  return (
    <span class={css.timers}>
      <Timer ms={at - tab.acceptedAt} />
      <Second tab={tab} at={at} />
    </span>
  );
}

function Second({ tab, at }: { readonly tab: InteractionTab; readonly at: number }) {
  if (tab.wrapUp !== null) {
    return (
      <span class={css.second} data-tone="purple">
        <PencilLine size={10} strokeWidth={2.4} aria-hidden="true" />
        <VisuallyHidden>, {t('tab.wrapUp')} </VisuallyHidden>
        <Timer ms={at - tab.wrapUp.since} tone="purple" />
      </span>
    );
  }
  if (tab.customer !== 'here') {
    return (
      <span class={css.second} data-tone="amber">
        <UserX size={12} aria-hidden="true" />
        <VisuallyHidden>, {t(`tab.${tab.customer}`)}</VisuallyHidden>
      </span>
    );
  }
  if (tab.waitingSince === null) return null;
  const tone = waitingTone(at - tab.waitingSince);
  const Icon = tone === 'red' ? TriangleAlert : Hourglass;
  return (
    <span class={css.second} data-tone={tone}>
      <Icon size={10} strokeWidth={2.4} aria-hidden="true" />
      <VisuallyHidden>, {t('tab.waiting')} </VisuallyHidden>
      <Timer ms={at - tab.waitingSince} tone={tone} />
    </span>
  );
}

/** CHAT-9: from 30 s amber, from 60 s red. */
function waitingTone(ms: number): 'waiting' | 'amber' | 'red' {
  if (ms > 60_000) return 'red';
  return ms > 30_000 ? 'amber' : 'waiting';
}
