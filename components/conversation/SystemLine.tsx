import { duration, isolated } from '../../locales/format.ts';
import { formatTime, t } from '../../locales/panel.ts';
import type { LineRow } from './group-rows.ts';
import { Rule } from './Rule.tsx';

/** Something that happened, between the messages. */
export function SystemLine({ row }: { readonly row: LineRow }) {
  return (
    <Rule>
      {words(row.line)} · {formatTime(row.at)}
    </Rule>
  );
}

function words(line: LineRow['line']): string {
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
    default:
      return line satisfies never;
  }
}
