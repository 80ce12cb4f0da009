import type { BatchPart } from '../../protocol/frames.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { InteractionStreamEvent } from '../../protocol/stream-events.ts';
import type { EventRow, Head, InteractionRow } from '../disk/rows.ts';
import { evolveHead } from './head.ts';
import { putInteraction, type Work } from './work.ts';

export type InteractionPart = Extract<BatchPart, { of: 'interaction' }>;

/** A red dot says "9+" long before. */
const UNREAD_MAX = 100;

/** The part's events after the cursor `row.seq`; the cursor moves to `upTo`. */
export function applyInteractionPart(work: Work, row: InteractionRow, part: InteractionPart): void {
  let { head } = row;
  const unread = [...row.unread];
  const rows: EventRow[] = [];
  for (const one of part.events) {
    if (one.seq <= row.seq || one.seq > part.upTo) continue;
    rows.push(eventRow(part.interaction, one, head));
    head = evolveHead(head, one);
    if (isNews(one.event) && one.seq > row.readTo) unread.push(one.seq);
    if (one.event.type === 'content-removed') {
      // Only what came before: the same whether it comes in this batch or came in another.
      const before = one.event.seqs.filter((seq) => seq < one.seq);
      blank(work, part.interaction, before, rows);
    }
    if (one.commandId !== undefined) work.settled.add(one.commandId);
  }
  const known = work.events.get(part.interaction) ?? [];
  work.events.set(part.interaction, [...known, ...rows]);
  putInteraction(work, { ...row, seq: part.upTo, head, unread: unread.slice(-UNREAD_MAX) });
}

const isNews = (event: InteractionEvent): boolean =>
  event.type === 'message-posted' && event.author.kind === 'customer';

/** What the transcript shows; the rest is kept, but no window counts it. */
const shownTypes = {
  started: true,
  accepted: true,
  'message-posted': true,
  'customer-away': true,
  'customer-returned': true,
  'owner-away': true,
  'owner-returned': true,
  'owner-lost': true,
  ended: true,
  'marked-done': true,
  queued: false,
  'message-left': false,
  'transcript-requested': false,
  'transcript-sent': false,
  'transcript-failed': false,
  offered: false,
  'offer-shown': false,
  'offer-ended': false,
  abandoned: false,
  'content-removed': false,
  amended: true,
  placed: true,
  'note-added': true,
  parked: true,
  unparked: true,
  'bot-ended': true,
  'bot-started': false,
  'wrap-up-extended': false,
  'tags-set': false,
  'data-set': false,
  requested: false,
  'request-ended': false,
  transferred: false,
  joined: false,
  left: false,
  'owner-changed': false,
  'own-wrap-up-started': false,
  'own-wrap-up-ended': false,
  'side-message-posted': false,
} as const satisfies Record<InteractionEvent['type'], boolean>;

function eventRow(
  interaction: InteractionId,
  { seq, at, event, content }: InteractionStreamEvent,
  before: Head,
): EventRow {
  return {
    interaction,
    seq,
    at,
    event,
    content: content ?? null,
    ...(shownTypes[event.type] ? { shown: seq } : {}),
    ...(event.type === 'accepted' ? { waitedMs: Math.max(0, at - before.enqueuedAt) } : {}),
  };
}

/** Words that were removed are dropped from the disk, and from what is about to get there. */
function blank(
  work: Work,
  interaction: InteractionId,
  seqs: readonly number[],
  fresh: EventRow[],
): void {
  const earlier = work.blanked.get(interaction) ?? new Set();
  for (const seq of seqs) earlier.add(seq);
  work.blanked.set(interaction, earlier);
  for (const rows of [work.events.get(interaction) ?? [], fresh])
    for (const [n, row] of rows.entries())
      if (seqs.includes(row.seq)) rows[n] = { ...row, content: null };
}
