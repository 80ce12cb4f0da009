import { duration, isolated } from '../../locales/format.ts';
import { t } from '../../locales/panel.ts';
import type { LineRow } from './group-rows.ts';

/** What happened, for the agent. */
export function lineWords(line: LineRow['line']): string {
  switch (line.type) {
    case 'started':
      return t('line.started', { queue: isolated(line.queue) });
    case 'joined': {
      const waited = duration(line.waitedMs);
      return line.mine
        ? t('line.joinedMe', { waited })
        : t('line.joined', { name: isolated(line.name), waited });
    }
    case 'ended':
      return t(`line.ended.${line.by}`);
    case 'marked-done':
      return t(`line.done.${line.by}`);
    case 'customer-away':
    case 'customer-returned':
    case 'owner-away':
    case 'owner-returned':
    case 'owner-lost':
      return t(`line.${line.type}`);
    case 'bot-ended': {
      const what = t(`line.bot.${line.outcome}`);
      return line.note === '' ? what : t('line.bot.note', { what, note: isolated(line.note) });
    }
    default:
      return line satisfies never;
  }
}
