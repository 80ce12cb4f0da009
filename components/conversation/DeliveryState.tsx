import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-preact';
import { t } from '../../locales/panel.ts';
import css from './DeliveryState.module.css';
import type { MessageRow } from './group-rows.ts';

type State = NonNullable<MessageRow['state']>;

/**
 * CHAT-3 as a sign in the bubble. Its name is an attribute, so that a screen reader finds it on the
 * message but the log doesn't announce each change.
 */
export function DeliveryState({ state }: { readonly state: State }) {
  const Icon = icons[state];
  const word = t(`message.state.${state}`);
  return (
    <span class={css.state} data-state={state} role="img" aria-label={word} title={word}>
      <Icon size={13} strokeWidth={2.2} aria-hidden="true" />
    </span>
  );
}

const icons = {
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
} satisfies Record<State, unknown>;
