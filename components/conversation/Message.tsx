import { t } from '../../locales/panel.ts';
import { Button } from '../ui/Button.tsx';
import type { ConversationProps } from './Conversation.tsx';
import { DeliveryState } from './DeliveryState.tsx';
import type { MessageRow } from './group-rows.ts';
import { LinkedText } from './LinkedText.tsx';
import css from './Message.module.css';

type Props = Pick<ConversationProps, 'conversation'> & {
  readonly row: MessageRow;
  /** Say the state as a word below, not only as a sign. */
  readonly sayState: boolean;
};

export function Message({ row, sayState, conversation }: Props) {
  const { from, text, state } = row;
  return (
    <>
      <div class={css.bubble} data-from={from} data-state={state ?? undefined} dir="auto">
        {text === null ? (
          <i class={css.removed}>{t('message.removed')}</i>
        ) : (
          <LinkedText text={text} />
        )}
        {state !== null && <DeliveryState state={state} />}
      </div>
      {state === 'failed' && <Failed row={row} conversation={conversation} />}
      {state !== null && state !== 'failed' && sayState && (
        <p class={css.state} aria-hidden="true">
          {t(`message.state.${state}`)}
        </p>
      )}
    </>
  );
}

/** CHAT-3: what happened, what was kept, what to do. */
function Failed({ row, conversation }: Omit<Props, 'sayState'>) {
  const { commandId, refusal } = row;
  return (
    <p class={css.failed}>
      <span>
        {t('message.failed')} {refusal !== null && t(`refusal.${refusal}`)}
      </span>
      {commandId !== null && (
        <span class={css.actions}>
          <Button kind="quiet" onClick={() => void conversation.retry(commandId)}>
            {t('message.retry')}
          </Button>
          <Button kind="quiet" onClick={() => void conversation.discard(commandId)}>
            {t('message.discard')}
          </Button>
        </span>
      )}
    </p>
  );
}
