import type { RefObject } from 'preact';
import type { ConversationModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Button } from '../ui/Button.tsx';
import css from './DraftElsewhere.module.css';

type Props = {
  readonly conversation: ConversationModel;
  readonly input: RefObject<HTMLTextAreaElement | null>;
};

/** CHAT-15: one window at a time; this one may take the draft over. */
export function DraftElsewhere({ conversation, input }: Props) {
  return (
    <p class={css.notice} role="status">
      <span>{t('composer.elsewhere')}</span>
      <Button
        kind="quiet"
        onClick={() => {
          conversation.editHere();
          input.current?.focus();
        }}
      >
        {t('composer.editHere')}
      </Button>
    </p>
  );
}
