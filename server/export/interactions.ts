import { type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import type { Store, StoredEvent } from '../store/contract.ts';
import { readLog } from './read-log.ts';
import { positionBefore, type Window } from './window.ts';

export const interactionColumns = [
  'interaction',
  'channel',
  'queue',
  'language',
  'site',
  'customer',
  'name',
  'email',
  'phone',
  'subject',
  'started',
  'accepted',
  'ended',
  'endedBy',
  'done',
  'doneBy',
  'owner',
  'dispositions',
  'resolved',
  'incomplete',
  'tags',
  'messagesOfCustomer',
  'messagesOfAgents',
] as const;
export type InteractionRow = Readonly<Record<(typeof interactionColumns)[number], string>>;

/**
 * One row for each interaction that started within the window, in that order, as it stands now:
 * facts and what the customer filled in, no messages and no notes. However long the window, it
 * holds one page of one interaction at a time. @throws StoreUnavailable
 */
export async function* interactionRows(
  store: Pick<Store, 'read' | 'readAll' | 'newest'>,
  { from, to }: Window,
): AsyncGenerator<InteractionRow> {
  for await (const event of readLog(store, await positionBefore(store, from))) {
    if (event.at >= to) return;
    const id = interactionOf(event.stream);
    if (id === null || event.body.type !== 'started') continue;
    let row = rowOf(id, event.body, event);
    for (let after = event.seq; ; ) {
      const page = await store.read(event.stream, after, PAGE, PAGE_BYTES);
      // A page may end by its bytes: only an empty one is the last.
      if (page.length === 0) break;
      for (const next of page) row = grown(row, next.body as InteractionEvent, next);
      after += page.length;
    }
    yield row;
  }
}

const PAGE = 200;
const PAGE_BYTES = 256 * 1024;

function rowOf(
  interaction: InteractionId,
  { channel, queue, language, site = '', customer }: Extract<InteractionEvent, { type: 'started' }>,
  { at, content }: StoredEvent,
): InteractionRow {
  return {
    ...{ interaction, channel, queue, language, site, customer, ...filledIn(content) },
    started: timeOf(at),
    ...{ accepted: '', ended: '', endedBy: '', done: '', doneBy: '', owner: '' },
    ...{ dispositions: '', resolved: '', incomplete: '', tags: '' },
    ...{ messagesOfCustomer: '0', messagesOfAgents: '0' },
  };
}

function grown(
  row: InteractionRow,
  body: InteractionEvent,
  { at, content }: StoredEvent,
): InteractionRow {
  const time = timeOf(at);
  switch (body.type) {
    case 'queued':
      return { ...row, queue: body.queue };
    case 'message-left':
      return { ...row, channel: 'email', ...filledIn(content) };
    case 'accepted':
      return { ...row, accepted: row.accepted || time, owner: body.agent };
    case 'owner-changed':
      return { ...row, owner: body.to };
    case 'message-posted': {
      const { kind } = body.author;
      if (kind === 'customer')
        return { ...row, messagesOfCustomer: String(Number(row.messagesOfCustomer) + 1) };
      if (kind === 'agent')
        return { ...row, messagesOfAgents: String(Number(row.messagesOfAgents) + 1) };
      return row;
    }
    case 'tags-set':
      return { ...row, tags: body.tags.join(' ') };
    case 'ended':
      return { ...row, ended: time, endedBy: body.by };
    case 'abandoned':
      return { ...row, ended: time, endedBy: body.by, done: time, doneBy: 'customer' };
    case 'marked-done':
      return {
        ...row,
        ...outcomeOf(body),
        done: time,
        doneBy: body.by,
        incomplete: String(body.incomplete),
      };
    case 'amended':
      return { ...row, ...outcomeOf(body), incomplete: 'false' };
    default:
      return row;
  }
}

const outcomeOf = ({
  dispositions,
  resolved,
}: {
  readonly dispositions: readonly string[];
  readonly resolved: boolean | null;
}) => ({
  dispositions: dispositions.join(' '),
  resolved: resolved === null ? '' : String(resolved),
});

const filledIn = (content: Content | null | undefined) => ({
  name: content?.name ?? '',
  email: content?.email ?? '',
  phone: content?.phone ?? '',
  subject: content?.subject ?? '',
});

const timeOf = (at: number): string => new Date(at).toISOString();
