import { agentOf, type StreamName } from '../../protocol/ids.ts';
import type { StoredEvent } from '../store/contract.ts';
import { blank, type Line, newLine } from './line.ts';
import type { Subscription } from './subscription.ts';

/**
 * The newest events of a stream that somebody follows, without a gap, so that live push asks no
 * store. They are kept until everybody who follows it was sent them: what lives on for no reader
 * costs memory for each open interaction, and is copied by the garbage collector.
 */
export type Tail = {
  readonly stream: StreamName;
  /** An agent's stream: only that agent's readers follow it, and hear of it at once. */
  readonly isOwn: boolean;
  /** The newest seq, 0 until something is heard: then nothing is known of the stream. */
  head: number;
  /** Up to the newest, oldest first. */
  readonly lines: Line[];
  readonly subscriptions: Subscription[];
};

/** How many lines all tails hold together. */
export type TailCount = { lines: number };

/** A slow reader still finds its next event here; who is slower, or away, asks the store. */
const TAIL_LINES = 64;
/** When memory is short (about 100 MiB of lines), tails are kept only for what is being sent. */
const TAIL_LINES_SHORT = 4;
const ALL_LINES_MAX = 100_000;

export const newTail = (stream: StreamName): Tail => ({
  stream,
  isOwn: agentOf(stream) !== null,
  head: 0,
  lines: [],
  subscriptions: [],
});

export const firstSeq = (tail: Tail): number => tail.lines[0]?.event.seq ?? 0;

/** The line with this seq; it must be one of the tail's. */
export const lineAt = (tail: Tail, seq: number): Line => tail.lines[seq - firstSeq(tail)] as Line;

/** One more event. Returns false when it was there already. */
export function push(tail: Tail, event: StoredEvent, count: TailCount): boolean {
  const { lines, head } = tail;
  if (event.seq <= head) return false;
  if (event.seq !== head + 1 && lines.length > 0) drop(tail, lines.length, count);
  blankIn(tail, event);
  lines.push(newLine(event));
  tail.head = event.seq;
  count.lines++;
  const max = count.lines > ALL_LINES_MAX ? TAIL_LINES_SHORT : TAIL_LINES;
  if (lines.length > max) drop(tail, lines.length - max, count);
  return true;
}

/** Lines from the store that end where the tail begins: the next reader finds them here. */
export function prepend(tail: Tail, older: readonly Line[], count: TailCount): void {
  const room = TAIL_LINES - tail.lines.length;
  const newest = older.at(-1)?.event.seq ?? 0;
  const fits = tail.lines.length === 0 ? newest >= tail.head : newest === firstSeq(tail) - 1;
  if (!fits || room <= 0 || count.lines > ALL_LINES_MAX) return;
  tail.head = Math.max(tail.head, newest);
  const kept = older.slice(-room);
  tail.lines.unshift(...kept);
  count.lines += kept.length;
}

/** Everybody who follows the stream may have been sent all of it: then its lines have done their work. */
export function settle(tail: Tail, count: TailCount): void {
  if (tail.lines.length === 0) return;
  for (const one of tail.subscriptions) if (one.scanned < tail.head) return;
  drop(tail, tail.lines.length, count);
}

export function drop(tail: Tail, lines: number, count: TailCount): void {
  tail.lines.splice(0, lines);
  count.lines -= lines;
}

/** Words that this event says are gone: of an offer that is over, or removed by somebody. */
function blankIn(tail: Tail, { body }: StoredEvent): void {
  if (body.type === 'content-removed') {
    for (const line of tail.lines) if (body.seqs.includes(line.event.seq)) blank(line);
  } else if (body.type === 'offer-ended') {
    for (const line of tail.lines)
      if (line.event.body.type === 'offer-made' && line.event.body.offer === body.offer)
        blank(line);
  } else if (body.type === 'request-ended') {
    for (const line of tail.lines)
      if (line.event.body.type === 'request-made' && line.event.body.request === body.request)
        blank(line);
  }
}
