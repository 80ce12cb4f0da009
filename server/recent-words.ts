import { LRUCache } from 'lru-cache';
import type { StreamName } from '../protocol/ids.ts';
import type { Author } from '../protocol/interaction-events.ts';
import type { Store, StoredEvent } from './store/contract.ts';

export type Words = { readonly seq: number; readonly author: string; readonly text: string };

/** Streams whose last words are kept; asked only where somebody writes digits. */
const STREAMS_MAX = 5_000;
/** Last messages of one stream, all its authors together. */
const KEPT = 24;
/** A longer message is no piece of a number but at its end. */
const CHARACTERS_MAX = 512;
/** Further back than so many entries nobody looks for a piece. */
const BACK = 64;
const BYTES = 256 * 1024;

/**
 * What was written last in an interaction, as it is stored, for numbers that come in pieces
 * (GUARD-2). Only `handle` asks and tells, from inside the stream's lane.
 */
export function createRecentWords(store: Pick<Store, 'read'>, streamsMax = STREAMS_MAX) {
  const cache = new LRUCache<StreamName, readonly Words[]>({ max: streamsMax });

  return {
    /** Of one author, oldest first; `seq` is where the stream stands. Rejects as the store does. */
    async by(stream: StreamName, seq: number, author: string): Promise<readonly Words[]> {
      const words = cache.get(stream) ?? add([], await readBack(store, stream, seq));
      cache.set(stream, words);
      return words.filter((one) => one.author === author);
    },
    /** Stored since; what was never asked for isn't kept. */
    heard(stream: StreamName, events: readonly StoredEvent[]): void {
      const words = cache.get(stream);
      if (words !== undefined) cache.set(stream, add(words, events));
    },
    /** Somebody else has written to it. */
    forget: (stream: StreamName): void => void cache.delete(stream),
  };
}

/** Null for those whose words no person has written. */
export const authorKey = (author: Author): string | null => {
  if (author.kind === 'customer') return 'customer';
  return author.kind === 'agent' ? author.agent : null;
};

async function readBack(
  store: Pick<Store, 'read'>,
  stream: StreamName,
  seq: number,
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  // A page may end by its bytes.
  for (let after = Math.max(0, seq - BACK); after < seq; ) {
    const page = await store.read(stream, after, BACK, BYTES);
    events.push(...page);
    after = page.at(-1)?.seq ?? seq;
  }
  return events;
}

function add(words: readonly Words[], events: readonly StoredEvent[]): readonly Words[] {
  let all = [...words];
  for (const { seq, body, content } of events) {
    if (body.type === 'content-removed') all = all.filter((one) => !body.seqs.includes(one.seq));
    if (body.type !== 'message-posted') continue;
    const author = authorKey(body.author);
    const text = content?.text;
    if (author !== null && text !== undefined) all.push({ seq, author, text: endOf(text) });
  }
  return all.slice(-KEPT);
}

/** A copy: a mere slice would keep the whole text in memory. */
const endOf = (text: string): string =>
  text.length > CHARACTERS_MAX ? Buffer.from(text.slice(-CHARACTERS_MAX)).toString() : text;
