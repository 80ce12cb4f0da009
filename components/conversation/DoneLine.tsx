import { CircleCheck } from 'lucide-preact';
import { t } from '../../locales/panel.ts';
import { Button } from '../ui/Button.tsx';
import type { ConversationProps } from './Conversation.tsx';
import css from './DoneLine.module.css';

/** Stands where the composer was, once the interaction is done. */
export function DoneLine({ view }: ConversationProps) {
  return (
    <footer class={css.done}>
      <CircleCheck size={16} aria-hidden="true" />
      <span>{t('done.text')}</span>
      <Button
        onClick={() => {
          view.page.value = 'home';
        }}
      >
        {t('done.back')}
      </Button>
    </footer>
  );
}
