import { LRUCache } from 'lru-cache';
import { type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { Follow } from '../feed/follow.ts';
import { isWeather } from '../feed/weather.ts';
import type { Mark, Store } from '../store/contract.ts';

/**
 * How far each reader of an interaction has got (CHAT-3). Marks only rise; they are stored before
 * anybody is told, and both at most every `everyMs` per interaction.
 */
export type Marks = {
  readonly raise: (
    interaction: InteractionId,
    reader: Mark['reader'],
    delivered: number,
    read: number,
  ) => void;
  /** What is stored; what is asked for in one turn of the event loop is read together. Rejects when the store is away. */
  readonly current: (interaction: InteractionId) => Promise<readonly Mark[]>;
  /** Interactions in memory. */
  readonly size: () => number;
  readonly close: () => void;
};

export type MarksDeps = {
  readonly store: Pick<Store, 'raiseMarks' | 'marks'>;
  readonly bus: Pick<Bus, 'tell'>;
  readonly clock: Clock;
  readonly onEvents: Follow['onEvents'];
  readonly everyMs: number;
  /** Interactions kept in memory; left out: enough for a large centre. */
  readonly kept?: number;
  readonly bug: (error: unknown) => void;
};

/** A mark in memory: what was raised, and whether it must still be stored. */
type High = { delivered: number; read: number; changed: boolean };
type Entry = {
  readonly interaction: InteractionId;
  readonly readers: Map<Mark['reader'], High>;
  /** Not stored again before this time. */
  nextAt: number;
  /** On its way to the store, or waiting for its time. */
  queued: boolean;
};

type Asked = {
  readonly interaction: InteractionId;
  readonly resolve: (marks: readonly Mark[]) => void;
  readonly reject: (error: unknown) => void;
};

/** What is forgotten costs one needless write: the store keeps the highest. */
const ENTRIES_MAX = 20_000;
const RETRY_MS = 1_000;
/** All interactions together are stored so often: each time for itself would triple the commits. */
const TOGETHER_MS = 50;
/** So many are told in one turn of the event loop. */
const PER_TURN = 16;
/** So many are asked for at once. */
const ASKED_MAX = 64;

export function createMarks(deps: MarksDeps): Marks {
  const { store, bus, clock, onEvents, everyMs, bug, kept = ENTRIES_MAX } = deps;
  const entries = new LRUCache<InteractionId, Entry>({ max: kept });
  let ready: Entry[] = [];
  let keptAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  let asked: Asked[] = [];

  const stop = onEvents((events) => {
    for (const { body, stream } of events) {
      if (body.type !== 'marked-done' && body.type !== 'abandoned') continue;
      const interaction = interactionOf(stream);
      if (interaction !== null) entries.delete(interaction);
    }
  });

  function raise(
    interaction: InteractionId,
    reader: Mark['reader'],
    delivered: number,
    read: number,
  ): void {
    const entry = entries.get(interaction) ?? open(interaction);
    const high = entry.readers.get(reader);
    if (high === undefined) entry.readers.set(reader, { delivered, read, changed: true });
    else if (delivered > high.delivered || read > high.read) {
      high.delivered = Math.max(high.delivered, delivered);
      high.read = Math.max(high.read, read);
      high.changed = true;
    } else return;
    if (!entry.queued) queue(entry);
  }

  function open(interaction: InteractionId): Entry {
    const entry: Entry = { interaction, readers: new Map(), nextAt: 0, queued: false };
    entries.set(interaction, entry);
    return entry;
  }

  function queue(entry: Entry): void {
    entry.queued = true;
    if (entry.nextAt > clock.now()) clock.at(entry.nextAt, () => due(entry));
    else due(entry);
  }

  /** At once when nothing was stored a moment ago, else with whatever else becomes due until then. */
  function due(entry: Entry): void {
    if (ready.length === 0) {
      const at = keptAt + TOGETHER_MS;
      if (at <= clock.now()) clock.soon(flush);
      else clock.at(at, flush);
    }
    ready.push(entry);
  }

  function flush(): void {
    keptAt = clock.now();
    const now = ready;
    ready = [];
    if (!closed) keep(now).catch(bug);
  }

  async function keep(due: readonly Entry[]): Promise<void> {
    const marks = due.flatMap(changedIn);
    try {
      await store.raiseMarks(marks);
    } catch (error) {
      if (!isWeather(error)) throw error;
      // Raising the same again does no harm.
      for (const entry of due) {
        for (const high of entry.readers.values()) high.changed = true;
        entry.nextAt = clock.now() + RETRY_MS;
        queue(entry);
      }
      return;
    }
    if (closed) return;
    tell(marks);
    const nextAt = clock.now() + everyMs;
    for (const entry of due) {
      entry.nextAt = nextAt;
      entry.queued = false;
      for (const { changed } of entry.readers.values()) if (changed && !entry.queued) queue(entry);
    }
  }

  /** Each goes out by a call into the system: messages that came meanwhile don't wait for all of them. */
  function tell(marks: readonly Mark[], from = 0): void {
    const until = from + PER_TURN;
    for (const mark of marks.slice(from, until)) bus.tell({ type: 'marks', ...mark });
    if (until < marks.length && !closed) clock.soon(() => tell(marks, until));
  }

  /** An agent comes with a dozen interactions, and after a start everybody comes at once. */
  function readAsked(): void {
    const now = asked;
    asked = [];
    for (let from = 0; from < now.length; from += ASKED_MAX)
      void readTogether(now.slice(from, from + ASKED_MAX));
  }

  async function readTogether(those: readonly Asked[]): Promise<void> {
    try {
      const found = Map.groupBy(
        await store.marks([...new Set(those.map(({ interaction }) => interaction))]),
        ({ interaction }) => interaction,
      );
      for (const { interaction, resolve } of those) resolve(found.get(interaction) ?? []);
    } catch (error) {
      for (const { reject } of those) reject(error);
    }
  }

  return {
    raise,
    current: (interaction) =>
      new Promise((resolve, reject) => {
        if (asked.length === 0) clock.soon(readAsked);
        asked.push({ interaction, resolve, reject });
      }),
    size: () => entries.size,
    close: () => {
      closed = true;
      stop();
    },
  };
}

function changedIn({ interaction, readers }: Entry): Mark[] {
  const marks: Mark[] = [];
  for (const [reader, high] of readers) {
    if (!high.changed) continue;
    high.changed = false;
    marks.push({ interaction, reader, delivered: high.delivered, read: high.read });
  }
  return marks;
}
