import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Model } from '../model.ts';
import { t } from '../texts.ts';
import { createTranscript } from '../transcript.ts';
import styles from './Log.module.css';
import { Group, NoticeLine } from './Passage.tsx';

/** The transcript. It stays at its end unless the customer reads further up. */
export function Log({ model }: { readonly model: Model }) {
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stay = useRef(true);
  const passages = createTranscript(model.state.value);
  const { talk, typing } = model.state.value;
  const count = passages.length + (passages.at(-1)?.kind === 'group' ? 1 : 0);

  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  const look = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    stay.current = scrollHeight - scrollTop - clientHeight < NEAR_PIXELS;
    setAtEnd(stay.current);
  };
  useLayoutEffect(() => {
    if (stay.current) toEnd();
  }, [passages, typing, model.open.value, count]);

  // A line above or a growing field below takes its room.
  useEffect(() => {
    const observer = new ResizeObserver(() => stay.current && toEnd());
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div class={styles.frame}>
      <div
        ref={box}
        class={styles.log}
        role="log"
        aria-live="polite"
        aria-label={t('chat.talk')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={look}
      >
        {talk?.shortened && <p class={styles.aside}>{t('chat.shortened')}</p>}
        {passages.map((passage) =>
          passage.kind === 'group' ? (
            <Group key={passage.key} group={passage} model={model} />
          ) : (
            <NoticeLine key={passage.key} entry={passage.entry} />
          ),
        )}
        {typing && (
          <p class={styles.typing}>
            <i aria-hidden="true" />
            {typing.name === null
              ? t('chat.somebody-typing')
              : t('chat.typing', { name: typing.name })}
          </p>
        )}
      </div>
      {!atEnd && (
        <button type="button" class={styles.newest} onClick={toEnd}>
          {t('chat.newest')} ↓
        </button>
      )}
    </div>
  );
}

/** Nearer than this to the end counts as at the end. */
const NEAR_PIXELS = 40;
