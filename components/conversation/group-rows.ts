import type { TranscriptRow } from '../../desk/models/panel-model.ts';
import { isSameDay } from '../../locales/format.ts';

export type MessageRow = Extract<TranscriptRow, { kind: 'message' }>;
export type LineRow = Extract<TranscriptRow, { kind: 'line' }>;

/** What stands in a transcript, top to bottom. */
export type TranscriptItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'line'; readonly key: string; readonly row: LineRow }
  /** The customer went and came back, with nothing in between. */
  | { readonly kind: 'absence'; readonly key: string; readonly at: number; readonly ms: number }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly rows: readonly [MessageRow, ...MessageRow[]];
    };

/** CHAT-2: messages of one sender within a few minutes share one heading; days are set apart. */
export function groupRows(
  rows: readonly TranscriptRow[],
  today: number,
): readonly TranscriptItem[] {
  const items: TranscriptItem[] = [];
  let before: TranscriptRow | undefined;
  for (const row of rows) {
    // A conversation of today needs no heading to say so.
    if (!isSameDay(before?.at ?? today, row.at)) {
      items.push({ kind: 'day', key: `day-${keyOf(row)}`, at: row.at });
    }
    const last = items.at(-1);
    if (last?.kind === 'line' && isAbsence(last.row, row)) {
      const { key, row: away } = last;
      const ms = row.at - away.at;
      items.pop();
      if (ms >= pageChangeMs) items.push({ kind: 'absence', key, at: row.at, ms });
    } else if (row.kind === 'line') {
      items.push({ kind: 'line', key: row.key, row });
    } else if (last?.kind === 'group' && continues(last.rows, row)) {
      items.splice(-1, 1, { ...last, rows: [...last.rows, row] });
    } else {
      items.push({ kind: 'group', key: keyOf(row), rows: [row] });
    }
    before = row;
  }
  return items;
}

/** The same before and after the server has numbered an own message, so that it isn't drawn anew. */
export function keyOf(row: TranscriptRow): string {
  return row.kind === 'message' && row.commandId !== null ? row.commandId : row.key;
}

/** The newest own message, under which its state stands as a word as well. */
export function newestOwn(rows: readonly TranscriptRow[]): string | null {
  const row = rows.findLast((one) => one.kind === 'message' && one.state !== null);
  return row === undefined ? null : keyOf(row);
}

function isAbsence(before: LineRow, row: TranscriptRow): boolean {
  return (
    before.line.type === 'customer-away' &&
    row.kind === 'line' &&
    row.line.type === 'customer-returned'
  );
}

function continues([first, ...rest]: readonly [MessageRow, ...MessageRow[]], row: MessageRow) {
  const last = rest.at(-1) ?? first;
  return (
    first.from === row.from &&
    first.mine === row.mine &&
    first.name === row.name &&
    row.at - last.at < groupGapMs
  );
}

/** Whoever reloads or goes to another page of the shop is away for less: not worth a line each. */
const pageChangeMs = 5_000;

/** A pause after which the time is worth saying again. */
const groupGapMs = 5 * 60_000;
