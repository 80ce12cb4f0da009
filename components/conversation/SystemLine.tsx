import { formatTime } from '../../locales/panel.ts';
import type { LineRow } from './group-rows.ts';
import { lineWords } from './line-words.ts';
import { Rule } from './Rule.tsx';

/** Something that happened, between the messages. */
export function SystemLine({ row }: { readonly row: LineRow }) {
  return (
    <Rule>
      {lineWords(row.line)} · {formatTime(row.at)}
    </Rule>
  );
}
