import { fileWord } from '../../protocol/files.ts';
import { type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { Author, InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Role } from '../../protocol/members.ts';
import type { Content } from '../../protocol/parts.ts';
import { audience, type Logged, type Reader } from '../feed/audience.ts';
import { buttonsOf } from './buttons.ts';

/** What was said in an interaction, as one reader may see it; to be shown as text, PDF or HTML. */
export type Transcript = {
  readonly interaction: InteractionId;
  /** Server time, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The customer's, as in `started`. */
  readonly language: string;
  /** As the customer filled it in; null where they didn't, or where it was removed. */
  readonly customer: Readonly<Record<'name' | 'email' | 'phone' | 'subject', string | null>>;
  /** In the order in which the server accepted them. */
  readonly entries: readonly Entry[];
  /** Entries that found no room after these; Infinity where nobody counted on. */
  readonly left: number;
};

export type Speaker =
  | { readonly kind: 'customer' | 'system' }
  | { readonly kind: 'agent' | 'bot'; readonly name: string };

export type Entry =
  | {
      /** `note` and `aside` are internal: the customer's transcript has none. */
      readonly kind: 'message' | 'note' | 'aside';
      readonly at: number;
      readonly from: Speaker;
      /** Null: it was removed. */
      readonly text: string | null;
    }
  | {
      readonly kind: 'happened';
      readonly at: number;
      readonly what: Happening;
      /** Of the agent that it is about; null for nobody. */
      readonly name: string | null;
    };

export type Happening =
  | 'agent-joined'
  | 'agent-left'
  | 'connecting'
  | 'ended-by-agent'
  | 'customer-left'
  | 'done';

/** For whom. The customer's also ends where it becomes work (END-4). */
export type Audience =
  | { readonly kind: 'customer' }
  | { readonly kind: 'agent'; readonly reader: Extract<Reader, { kind: 'agent' }>; role: Role };

/** A message each 15 s for a whole working day; 300 pages that nobody will turn. */
export const transcriptLimits = { entries: 2_000, characters: 512 * 1024 } as const;
type TranscriptLimits = Readonly<Record<keyof typeof transcriptLimits, number>>;

/**
 * From the events of one interaction's stream, from its first on, to its transcript. Null: they
 * don't begin with `started`. What a reader may see is the feed's own rule (`audience`), so
 * neither notes nor side talk nor whispers ever come to the customer (END-6).
 */
export function transcriptOf(
  events: readonly Logged[],
  to: Audience,
  limits: TranscriptLimits = transcriptLimits,
): Transcript | null {
  const [first, ...rest] = events;
  const writing = first === undefined ? null : beginTranscript(first, to, limits);
  for (const event of rest) writing?.take(event);
  return writing?.made() ?? null;
}

/** The same, one event after the other, so that a long stream needn't be held. */
export function beginTranscript(
  first: Logged,
  to: Audience,
  limits: TranscriptLimits = transcriptLimits,
) {
  const interaction = interactionOf(first.stream);
  if (first.body.type !== 'started' || interaction === null) return null;
  const { customer, language } = first.body;
  const reader: Reader = to.kind === 'customer' ? { kind: 'customer', id: customer } : to.reader;
  const role = to.kind === 'customer' ? null : to.role;
  let identity = identityOf(first.content);
  const entries: Entry[] = [];
  let characters = 0;
  let left = 0;
  let isOver = false;

  function take(logged: Logged): void {
    isOver ||= to.kind === 'customer' && logged.body.type === 'placed';
    const seen = isOver ? null : audience(logged, reader, role);
    if (seen === null) return;
    const event = seen.event as InteractionEvent;
    if (event.type === 'message-left') identity = { ...identity, ...givenOf(seen.content) };
    const entry = entryOf(event, seen.content ?? null, seen.at);
    if (entry === null) return;
    characters += entry.kind === 'happened' ? 0 : (entry.text?.length ?? 0);
    if (entries.length < limits.entries && characters <= limits.characters) entries.push(entry);
    else left++;
  }

  return {
    take,
    /** Of what was taken so far; `more`: there is some of which nobody knows how much. */
    made: (more = false): Transcript => ({
      ...{ interaction, startedAt: first.at, language, customer: identity, entries },
      left: more && !isOver ? Number.POSITIVE_INFINITY : left,
    }),
  };
}

type Identity = Transcript['customer'];
const nobody: Identity = { name: null, email: null, phone: null, subject: null };

const identityOf = (content: Content | null | undefined): Identity => ({
  ...nobody,
  ...givenOf(content),
});

function givenOf(content: Content | null | undefined): Partial<Identity> {
  const fields = Object.keys(nobody) as (keyof Identity)[];
  return Object.fromEntries(
    fields.flatMap((field) => (content?.[field] === undefined ? [] : [[field, content[field]]])),
  );
}

function entryOf(event: InteractionEvent, words: Content | null, at: number): Entry | null {
  const happened = (what: Happening, name: string | null): Entry => ({
    kind: 'happened',
    at,
    what,
    name,
  });
  switch (event.type) {
    case 'message-posted':
      return { kind: 'message', at, from: speakerOf(event.author), text: textOf(words, event) };
    case 'note-added':
      return { kind: 'note', at, from: speakerOf(event.author), text: words?.text ?? null };
    case 'side-message-posted': {
      const from = { kind: 'agent', name: event.author.name } as const;
      return { kind: 'aside', at, from, text: words?.text ?? null };
    }
    case 'accepted':
    case 'owner-changed':
      return happened('agent-joined', event.name);
    case 'joined':
      return event.role === 'guest' && event.was === null
        ? happened('agent-joined', event.name)
        : null;
    case 'left':
      return event.role === 'guest' && event.reason !== 'role-changed'
        ? happened('agent-left', event.name)
        : null;
    case 'transferred':
      return happened('connecting', null);
    case 'ended':
      return happened(event.by === 'agent' ? 'ended-by-agent' : 'customer-left', null);
    case 'abandoned':
      return happened('customer-left', null);
    case 'marked-done':
      return happened('done', null);
    // Of everything else a person who reads what was said would only ask what it means.
    default:
      return null;
  }
}

function speakerOf(author: Author): Speaker {
  return author.kind === 'agent' || author.kind === 'bot'
    ? { kind: author.kind, name: author.name }
    : { kind: author.kind };
}

/** What was sent with it (CHAT-6) and a bot's choices stand below what is said, a line each. */
function textOf(words: Content | null, { files = [] }: Posted): string | null {
  if (words?.text === undefined) return null;
  const sent = files.map(({ id }) => `📎 ${words[fileWord(id)] ?? id}`);
  const choices = buttonsOf(words.buttons).map((title) => `▸ ${title}`);
  return [words.text, ...sent, ...choices].filter((line) => line.trim() !== '').join('\n');
}

type Posted = Extract<InteractionEvent, { type: 'message-posted' }>;
