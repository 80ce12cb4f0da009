import type { Connection } from '../../desk/models/panel-model.ts';
import { formatTogether, t } from '../../locales/panel.ts';

/** What waits, in words: "2 messages and 1 change"; `count` is how many in all, for a sentence about it. */
export function waitingWords({ messages, changes }: Connection['waiting']): {
  readonly what: string;
  readonly count: number;
} {
  const parts = [
    messages > 0 ? t('waiting.messages', { count: messages }) : '',
    changes > 0 ? t('waiting.changes', { count: changes }) : '',
  ];
  return { what: formatTogether(parts.filter((part) => part !== '')), count: messages + changes };
}
