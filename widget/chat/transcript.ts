import type { CommandId } from '../../protocol/ids.ts';
import type { Failure } from './disk.ts';
import type { LinkState } from './link.ts';
import type { Entry, NoticeEntry } from './talk.ts';

/** The conversation as it is read: groups of one sender's messages, and lines between them. */
export type Passage =
  | { readonly kind: 'notice'; readonly key: string; readonly entry: NoticeEntry }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly from: 'customer' | 'agent' | 'system';
      readonly name: string | null;
      readonly at: number;
      readonly lines: readonly Line[];
    };
export type Line = {
  readonly key: string;
  /** Null: removed. */
  readonly text: string | null;
  /** Only of own ones, where it isn't the same as the next line's. */
  readonly mark: Mark | null;
  /** A message that was not sent, and why. */
  readonly failed: { readonly id: CommandId; readonly failure: Failure } | null;
};
export type Mark = 'sending' | 'sent' | 'delivered' | 'read';

/** Messages of one sender stand under one head for this long. */
const GROUP_MS = 5 * 60_000;

export function createTranscript({
  talk,
  pending,
  delivered,
  read,
}: LinkState): readonly Passage[] {
  const said = (talk?.entries ?? []).map((entry) => ofEntry(entry, delivered, read));
  const unsaid = pending.flatMap(({ id, command, at, failed, acknowledged }): readonly Piece[] => {
    if (command.type !== 'post') return [];
    if (command.interaction !== null && command.interaction !== talk?.interaction) return [];
    const mark = failed !== null ? null : acknowledged ? 'sent' : 'sending';
    const failure = failed && { id, failure: failed };
    return [
      { key: id, from: 'customer', name: null, at, text: command.text, mark, failed: failure },
    ];
  });
  const passages: Mutable[] = [];
  for (const piece of [...said, ...unsaid]) {
    if ('kind' in piece) {
      passages.push({ kind: 'notice', key: `n${piece.seq}`, entry: piece });
      continue;
    }
    const { from, name, at, ...line } = piece;
    const last = passages.at(-1);
    if (
      last?.kind === 'group' &&
      last.from === from &&
      last.name === name &&
      at - last.at < GROUP_MS
    )
      last.lines.push(line);
    else passages.push({ kind: 'group', key: line.key, from, name, at, lines: [line] });
  }
  return passages.map((passage) =>
    passage.kind === 'notice'
      ? passage
      : { ...passage, lines: passage.lines.map((line, n, all) => unlessSame(line, all[n + 1])) },
  );
}

type Piece = Line & {
  readonly from: 'customer' | 'agent' | 'system';
  readonly name: string | null;
  readonly at: number;
};
type Mutable =
  | Extract<Passage, { kind: 'notice' }>
  | (Omit<Extract<Passage, { kind: 'group' }>, 'lines'> & { readonly lines: Line[] });

function ofEntry(entry: Entry, delivered: number, read: number): Piece | NoticeEntry {
  if (entry.kind === 'notice') return entry;
  const { seq, at, from, name, text, command } = entry;
  const mark = seq <= read ? 'read' : seq <= delivered ? 'delivered' : 'sent';
  return {
    // The same as it had in the outbox, so that it stays where it is on the screen.
    key: command ?? `m${seq}`,
    from,
    name,
    at,
    text,
    mark: from === 'customer' ? mark : null,
    failed: null,
  };
}

const unlessSame = (line: Line, next: Line | undefined): Line =>
  next !== undefined && next.failed === null && line.mark === next.mark
    ? { ...line, mark: null }
    : line;
