import { useComputed } from '@preact/signals';
import { ArrowDown } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import { duration, isolated } from '../../locales/format.ts';
import { formatDay, t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import type { ConversationProps } from './Conversation.tsx';
import { groupRows, newestOwn, type TranscriptItem } from './group-rows.ts';
import { MessageGroup } from './MessageGroup.tsx';
import { Rule } from './Rule.tsx';
import { SystemLine } from './SystemLine.tsx';
import css from './Transcript.module.css';
import { useFollow } from './use-follow.ts';

/** Everything said, oldest first (CHAT-2). It stays at the end unless the agent scrolled up. */
export function Transcript({ conversation, model }: ConversationProps) {
  const log = useRef<HTMLDivElement>(null);
  const { fresh, isAway, onScroll, jump } = useFollow(log, conversation);
  const newest = newestOwn(conversation.rows.value);
  const today = useComputed(() => new Date(model.now.value).setHours(0, 0, 0, 0));
  const items = groupRows(conversation.rows.value, today.value);
  return (
    <div class={css.frame}>
      <div
        ref={log}
        class={css.log}
        role="log"
        aria-live="polite"
        aria-label={t('transcript.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div class={css.rows}>
          {conversation.hasEarlier.value && (
            <button type="button" class={css.earlier} onClick={conversation.earlier}>
              {t('transcript.earlier')}
            </button>
          )}
          {items.map((item, n) => (
            <Item
              key={item.key}
              item={item}
              settled={n < items.length - NEWEST}
              newest={newest}
              today={today.value}
              conversation={conversation}
            />
          ))}
        </div>
      </div>
      {isAway.value && (
        <button
          type="button"
          class={css.jump}
          data-fresh={fresh.value > 0 || undefined}
          onClick={jump}
        >
          {t('transcript.jump', { count: fresh.value })}
          <ArrowDown size={14} aria-hidden="true" />
        </button>
      )}
      <TypingLine conversation={conversation} />
    </div>
  );
}

/** So many are always laid out: a height that is only guessed must not stand below what is read. */
const NEWEST = 12;

type ItemProps = Pick<ConversationProps, 'conversation'> & {
  readonly item: TranscriptItem;
  readonly settled: boolean;
  readonly newest: string | null;
  readonly today: number;
};

function Item({ item, settled, newest, today, conversation }: ItemProps) {
  switch (item.kind) {
    case 'day':
      return <Rule strong>{formatDay(item.at, today)}</Rule>;
    case 'line':
      return <SystemLine row={item.row} />;
    case 'absence':
      return <Rule>{t('line.absence', { away: duration(item.ms) })}</Rule>;
    case 'group':
      return (
        <MessageGroup
          rows={item.rows}
          settled={settled}
          newest={newest}
          conversation={conversation}
        />
      );
    default:
      return item satisfies never;
  }
}

/** CHAT-4. Its place is kept, so that nothing moves when somebody begins to type. */
function TypingLine({ conversation }: Pick<ConversationProps, 'conversation'>) {
  const head = conversation.head.value;
  const isTyping = conversation.customerTyping.value && head !== null;
  return (
    <p class={css.typing}>
      {isTyping && (
        <>
          {t('transcript.typing', { name: isolated(customerName(head)) })}
          <span class={css.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </>
      )}
    </p>
  );
}
