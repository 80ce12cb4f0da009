import type { StoredEvent } from '../store/contract.ts';
import { bodyFor, isOwn, type Sight, wordsFor } from './audience.ts';

/**
 * A stored event with its text as it goes over the wire: written once per sight, however many
 * readers share that sight. What only one reader gets (their command's id) is put behind it.
 */
export type Line = {
  event: StoredEvent;
  /** Absent until somebody asks, null: this sight sees nothing of it. */
  texts: { [Written in Sight]?: LineText | null };
};

/** JSON of the event without its closing brace, and its length in UTF-8. */
export type LineText = { readonly open: string; readonly bytes: number };

export const newLine = (event: StoredEvent): Line => ({
  event,
  texts: {},
});

export function textOf(line: Line, sight: Sight): LineText | null {
  const known = line.texts[sight];
  if (known !== undefined) return known;
  const text = write(line.event, sight);
  line.texts[sight] = text;
  return text;
}

/** What closes the text for this reader. */
export const closingOf = (line: Line, principal: string): string =>
  isOwn(line.event, principal) ? `,"commandId":"${line.event.commandId}"}` : '}';

/** The longest closing: a command id of 64 characters and what stands around it. */
export const CLOSING_BYTES = 64 + 16;

/** The event's words are gone from the store; they go from memory, too. */
export function blank(line: Line): void {
  if (line.event.content === undefined || line.event.content === null) return;
  line.event = { ...line.event, content: null };
  line.texts = {};
}

function write({ seq, at, body, content }: StoredEvent, sight: Sight): LineText | null {
  const event = bodyFor(body, sight);
  if (event === null) return null;
  const words =
    content === undefined || !wordsFor(body, sight) ? '' : `,"content":${JSON.stringify(content)}`;
  const open = `{"seq":${seq},"at":${at},"event":${JSON.stringify(event)}${words}`;
  return { open, bytes: Buffer.byteLength(open) };
}
