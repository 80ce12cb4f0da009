import type { Model } from '../model.ts';
import { partsOfText } from '../parts-of-text.ts';
import type { NoticeEntry } from '../talk.ts';
import { clockTime, type Key, t } from '../texts.ts';
import type { Line, Passage } from '../transcript.ts';
import styles from './Passage.module.css';

/** Messages of one sender: who and when above them, what became of them below. */
export function Group(props: {
  readonly group: Extract<Passage, { kind: 'group' }>;
  readonly model: Model;
}) {
  const { from, name, at, lines } = props.group;
  const who = from === 'customer' ? t('chat.you') : (name ?? t('chat.automatic'));
  return (
    <div class={`${styles.group} ${styles[from]}`}>
      <p class={styles.head}>
        {who} · <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
      </p>
      {lines.map((line) => (
        <Message key={line.key} line={line} model={props.model} />
      ))}
    </div>
  );
}

function Message({ line, model }: { readonly line: Line; readonly model: Model }) {
  const { text, mark, failed } = line;
  return (
    <>
      <p
        class={`${styles.message} ${text === null ? styles.removed : ''} ${failed ? styles.failed : ''}`}
        dir="auto"
      >
        {text === null ? t('chat.removed') : <Words text={text} />}
      </p>
      {mark && <p class={styles.mark}>{t(`chat.mark.${mark}`)}</p>}
      {failed && (
        <p class={`${styles.mark} ${styles.reason}`}>
          {t(reasons[failed.failure] ?? 'chat.failed')}{' '}
          {model.phase.value !== 'over' && (
            <button type="button" onClick={() => model.retry(failed.id)}>
              {t('chat.retry')}
            </button>
          )}{' '}
          <button type="button" onClick={() => model.discard(failed.id)}>
            {t('chat.discard')}
          </button>
        </p>
      )}
    </>
  );
}

/** What people wrote: text nodes, and links that take nothing along. */
function Words({ text }: { readonly text: string }) {
  return (
    <>
      {partsOfText(text).map(({ text: words, href }) =>
        href === null ? (
          words
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ),
      )}
    </>
  );
}

export function NoticeLine({ entry }: { readonly entry: NoticeEntry }) {
  return (
    <p class={styles.notice}>
      <span>{t(`chat.notice.${entry.notice}`, { name: entry.name ?? '' })}</span>
    </p>
  );
}

const reasons: Readonly<Record<string, Key>> = {
  'text-too-long': 'chat.failure.text-too-long',
  'not-active': 'chat.failure.not-active',
  'not-kept': 'chat.failure.not-kept',
};
