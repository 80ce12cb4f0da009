import type { Author } from '../../protocol/interaction-events.ts';
import type { InteractionStreamEvent } from '../../protocol/stream-events.ts';
import type { Head } from '../disk/rows.ts';

/** What a tab and a head line show of an interaction: folded from its events. */
export const emptyHead: Head = {
  channel: 'chat',
  queue: null,
  name: null,
  email: null,
  phone: null,
  subject: null,
  entryPage: null,
  startedAt: 0,
  enqueuedAt: 0,
  acceptedAt: 0,
  waitingSince: null,
  wrapUp: null,
  endedBy: null,
  customer: 'here',
  isParked: false,
  namedBy: 0,
};

/** The head after one more event. Pure. */
export function evolveHead(head: Head, { event, seq, at, content }: InteractionStreamEvent): Head {
  switch (event.type) {
    case 'started':
      return {
        ...head,
        channel: event.channel,
        queue: event.queue,
        startedAt: at,
        enqueuedAt: at,
        namedBy: seq,
        name: content?.name ?? null,
        email: content?.email ?? null,
        phone: content?.phone ?? null,
        subject: content?.subject ?? null,
        entryPage: content?.entryPage ?? null,
      };
    case 'queued':
      return { ...head, queue: event.queue, enqueuedAt: event.enqueuedAt };
    case 'accepted':
      return { ...head, acceptedAt: at };
    case 'message-left':
      return {
        ...head,
        channel: 'email',
        namedBy: seq,
        name: content?.name ?? null,
        email: content?.email ?? null,
        phone: content?.phone ?? null,
        subject: content?.subject ?? null,
        entryPage: content?.entryPage ?? null,
      };
    case 'message-posted':
      return afterMessage(head, event.author.kind, at);
    case 'customer-away':
      return { ...head, customer: 'away' };
    case 'customer-returned':
      return { ...head, customer: 'here' };
    case 'ended':
      return {
        ...head,
        waitingSince: null,
        wrapUp: { since: at, until: event.wrapUpUntil },
        endedBy: event.by,
        customer: event.by === 'agent' ? head.customer : 'left',
      };
    case 'abandoned':
      return { ...head, waitingSince: null, endedBy: event.by, customer: 'left' };
    case 'content-removed':
      return event.seqs.includes(head.namedBy)
        ? { ...head, name: null, email: null, phone: null, subject: null, entryPage: null }
        : head;
    case 'placed':
      return {
        ...head,
        channel: 'work-item',
        wrapUp: null,
        endedBy: null,
        waitingSince: null,
      };
    case 'parked':
      return { ...head, isParked: true };
    case 'unparked':
      return { ...head, isParked: false };
    case 'wrap-up-extended':
      return head.wrapUp === null
        ? head
        : { ...head, wrapUp: { ...head.wrapUp, until: event.until } };
    case 'offered':
    case 'offer-shown':
    case 'offer-ended':
    case 'owner-away':
    case 'owner-returned':
    case 'owner-lost':
    case 'marked-done':
    case 'amended':
    case 'note-added':
    case 'tags-set':
    case 'data-set':
    case 'bot-started':
    case 'bot-ended':
    case 'requested':
    case 'request-ended':
    case 'transferred':
    case 'joined':
    case 'left':
    case 'owner-changed':
    case 'own-wrap-up-started':
    case 'own-wrap-up-ended':
    case 'transcript-requested':
    case 'transcript-sent':
    case 'transcript-failed':
    case 'side-message-posted':
      return head;
    default:
      return event satisfies never;
  }
}

/** CHAT-9: the customer waits from the first message that nobody has answered. */
function afterMessage(head: Head, author: Author['kind'], at: number): Head {
  if (author === 'customer') return { ...head, waitingSince: head.waitingSince ?? at };
  return author === 'system' ? head : { ...head, waitingSince: null };
}
