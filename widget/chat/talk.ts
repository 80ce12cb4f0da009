import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { Heard, HeardEvent, HeardPart } from './frames-down.ts';

/** An interaction as its customer sees it, folded from the events that they may see. */
export type Talk = {
  readonly interaction: InteractionId;
  /** The last seq applied; the cursor. */
  readonly seq: number;
  readonly phase: 'queued' | 'active' | 'over';
  /** The owner's display name, also of the last one. */
  readonly agent: string | null;
  readonly entries: readonly Entry[];
  /** Older entries were dropped (ENTRIES). */
  readonly shortened: boolean;
};

export type Entry = MessageEntry | NoticeEntry;
export type MessageEntry = {
  readonly kind: 'message';
  readonly seq: number;
  readonly at: number;
  readonly from: 'customer' | 'agent' | 'system';
  /** An agent's display name. */
  readonly name: string | null;
  /** Null: its words were removed. */
  readonly text: string | null;
  /** The customer's own command that made it. */
  readonly command: CommandId | null;
};
export type NoticeEntry = {
  readonly kind: 'notice';
  readonly seq: number;
  readonly at: number;
  readonly notice: Notice;
  readonly name: string | null;
};
export type Notice =
  | 'joined'
  | 'left'
  | 'owner-away'
  | 'owner-returned'
  | 'owner-lost'
  | 'you-left'
  | 'you-were-away';

/** What a page shows at most; a talk longer than this has lost its reader long ago. */
export const ENTRIES = 2_000;

export const newTalk = (interaction: InteractionId): Talk => ({
  interaction,
  seq: 0,
  phase: 'queued',
  agent: null,
  entries: [],
  shortened: false,
});

/**
 * Lays one part of a batch upon the talk. `duplicate`: nothing new in it. `gap`: something before
 * it is missing; the talk is unchanged and must be asked for again from its cursor.
 */
export function applyPart(
  talk: Talk,
  part: HeardPart,
): { readonly outcome: 'applied' | 'duplicate' | 'gap'; readonly talk: Talk } {
  if (part.after > talk.seq) return { outcome: 'gap', talk };
  if (part.upTo <= talk.seq) return { outcome: 'duplicate', talk };
  let next = talk;
  for (const heard of part.events) if (heard.seq > talk.seq) next = withEvent(next, heard);
  const surplus = next.entries.length - ENTRIES;
  return {
    outcome: 'applied',
    talk: {
      ...next,
      seq: part.upTo,
      entries: surplus > 0 ? next.entries.slice(surplus) : next.entries,
      shortened: next.shortened || surplus > 0,
    },
  };
}

/** The ids of this customer's commands whose events are in this part. */
export const settledBy = (part: HeardPart): readonly CommandId[] =>
  part.events.flatMap((heard) => (heard.commandId === undefined ? [] : [heard.commandId]));

/** The talk, when the server says that it is over but its last events have not come. */
export const takenAsOver = (talk: Talk): Talk =>
  talk.phase === 'over' ? talk : { ...talk, phase: 'over' };

function withEvent(talk: Talk, heard: Heard): Talk {
  const { event } = heard;
  const noted = (notice: Notice, name = talk.agent, change: Partial<Talk> = {}): Talk => ({
    ...talk,
    ...change,
    entries: [...talk.entries, { kind: 'notice', seq: heard.seq, at: heard.at, notice, name }],
  });
  switch (event.type) {
    case 'accepted':
    case 'owner-changed': {
      const now = { phase: 'active', agent: event.name } as const;
      // A guest was announced when they came.
      return event.was === 'guest' ? { ...talk, ...now } : noted('joined', event.name, now);
    }
    case 'joined':
    case 'left':
      return noted(event.type, event.name);
    case 'message-posted':
      return { ...talk, entries: [...talk.entries, message(heard, event.author)] };
    case 'owner-away':
    case 'owner-returned':
      return noted(event.type);
    case 'owner-lost':
      return noted(event.type, talk.agent, { phase: 'queued' });
    case 'ended':
      return noted(endings[event.by], talk.agent, { phase: 'over' });
    case 'abandoned':
      return noted(endings[event.by], null, { phase: 'over' });
    case 'marked-done':
      return takenAsOver(talk);
    case 'content-removed':
      return { ...talk, entries: talk.entries.map((entry) => blanked(entry, event.seqs)) };
    default:
      // Of no interest to the customer, or from a newer server: the cursor still moves past it.
      return talk;
  }
}

const endings = {
  agent: 'left',
  customer: 'you-left',
  'customer-left': 'you-were-away',
} as const satisfies Record<string, Notice>;

const message = (
  heard: Heard,
  author: Extract<HeardEvent, { type: 'message-posted' }>['author'],
): MessageEntry => ({
  kind: 'message',
  seq: heard.seq,
  at: heard.at,
  from: author.kind === 'bot' ? 'system' : author.kind,
  name: author.name ?? null,
  text: heard.content?.text ?? null,
  command: heard.commandId ?? null,
});

const blanked = (entry: Entry, seqs: readonly number[]): Entry =>
  entry.kind === 'message' && seqs.includes(entry.seq) ? { ...entry, text: null } : entry;
