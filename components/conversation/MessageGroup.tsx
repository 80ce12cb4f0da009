import { formatTime, t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import type { ConversationProps } from './Conversation.tsx';
import { keyOf, type MessageRow } from './group-rows.ts';
import { Message } from './Message.tsx';
import css from './MessageGroup.module.css';

type Props = Pick<ConversationProps, 'conversation'> & {
  readonly rows: readonly [MessageRow, ...MessageRow[]];
  /** Not among the newest. */
  readonly settled: boolean;
  readonly newest: string | null;
};

/** Messages of one sender: the customer's on the left, ours on the right (CHAT-2). */
export function MessageGroup({ rows, settled, newest, conversation }: Props) {
  const [first] = rows;
  return (
    <div
      class={css.group}
      data-side={first.from === 'customer' ? 'customer' : 'ours'}
      data-settled={settled || undefined}
    >
      <p class={css.heading}>
        <bdi>{sender(first, conversation)}</bdi> ·{' '}
        <time dateTime={new Date(first.at).toISOString()}>{formatTime(first.at)}</time>
      </p>
      {rows.map((row) => (
        <Message
          key={keyOf(row)}
          row={row}
          sayState={keyOf(row) === newest}
          conversation={conversation}
        />
      ))}
    </div>
  );
}

function sender(row: MessageRow, { head }: ConversationProps['conversation']): string {
  if (row.mine) return t('message.me');
  if (row.from === 'system') return t('message.automatic');
  if (row.name !== null) return row.name;
  const customer = head.value;
  return row.from === 'customer' && customer !== null ? customerName(customer) : t('message.agent');
}
