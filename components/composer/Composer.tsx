import { useSignal } from '@preact/signals';
import { SendHorizontal } from 'lucide-preact';
import { useId, useRef } from 'preact/hooks';
import { t } from '../../locales/panel.ts';
import type { ConversationProps } from '../conversation/Conversation.tsx';
import { Button } from '../ui/Button.tsx';
import css from './Composer.module.css';
import { DraftElsewhere } from './DraftElsewhere.tsx';
import { TextLimit } from './TextLimit.tsx';
import { useComposerFocus } from './use-composer-focus.ts';
import { useReportedHeight } from './use-reported-height.ts';

/** CHAT-1: Enter sends, Shift+Enter is a new line. The draft lives on the disk, not here (CHAT-15). */
export function Composer({ id, conversation, view }: ConversationProps) {
  const { draft, draftHere } = conversation;
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const refused = useSignal<'too-long' | 'full' | null>(null);
  const hint = useId();
  useReportedHeight(frame);
  useComposerFocus(input, id, view);

  const send = async () => {
    if (!draftHere.value) return;
    input.current?.focus();
    const answer = await conversation.send();
    refused.value = answer === 'too-long' || answer === 'full' ? answer : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is being composed (Japanese, Chinese …) Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) void send();
  };
  const onInput = (event: Event & { readonly currentTarget: HTMLTextAreaElement }) => {
    draft.value = event.currentTarget.value;
    refused.value = null;
    conversation.typing();
  };
  return (
    <div ref={frame} class={css.composer}>
      {!draftHere.value && <DraftElsewhere conversation={conversation} input={input} />}
      <div class={css.grow} data-text={`${draft.value} `}>
        <textarea
          ref={input}
          class={css.input}
          rows={1}
          aria-label={t('composer.label')}
          aria-describedby={hint}
          aria-invalid={refused.value !== null || undefined}
          placeholder={t('composer.placeholder')}
          value={draft.value}
          readOnly={!draftHere.value}
          onInput={onInput}
          onKeyDown={onKeyDown}
        />
      </div>
      <div class={css.actions}>
        <TextLimit id={hint} text={draft} refused={refused.value} />
        <Button
          kind="primary"
          icon={SendHorizontal}
          busy={!draftHere.value}
          onClick={() => void send()}
        >
          {t('composer.send')}
        </Button>
      </div>
    </div>
  );
}
