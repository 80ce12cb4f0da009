import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import { limits } from '../wire.ts';
import styles from './Composer.module.css';
import { Icon } from './Icon.tsx';

/** CHAT-1: Enter sends, Shift+Enter begins a new line. */
export function Composer({ model }: { readonly model: Model }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = model.draft.value;
  const [full, setFull] = useState(false);
  const tooLong = new TextEncoder().encode(text).length > limits.textBytes;

  const send = () => {
    if (tooLong) return;
    setFull(!model.post());
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a word of an input method belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  useLayoutEffect(() => {
    const { current } = field;
    if (current === null) return;
    current.style.height = '0';
    current.style.height = `${current.scrollHeight + 2}px`;
  }, [text]);
  return (
    <form
      class={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {(tooLong || full) && (
        <p class={styles.trouble} role="alert">
          {t(tooLong ? 'chat.too-long' : 'chat.too-many')}
        </p>
      )}
      <div class={styles.row}>
        <textarea
          ref={field}
          rows={1}
          aria-label={t('chat.write')}
          placeholder={t('chat.write')}
          enterkeyhint="send"
          value={text}
          onInput={(event) => {
            model.draft.value = event.currentTarget.value;
            model.typing();
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class={`primary ${styles.send}`}
          aria-label={t('chat.send')}
          title={t('chat.send')}
          disabled={text.trim() === '' || tooLong}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
