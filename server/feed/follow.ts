import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { Store, StoredEvent } from '../store/contract.ts';
import { isWeather } from './weather.ts';

/**
 * All stored events from now on, in the order of their positions, each once. What this node's
 * `handle` has stored is told at once; what other nodes have stored comes with their nudges, or
 * at the latest with the next poll.
 */
export type Follow = {
  /** Begins at the newest stored position; resolves when it is known. */
  readonly start: () => Promise<void>;
  /** The events of one commit of this node, after it. Any order of calls will do. */
  readonly committed: (events: readonly StoredEvent[]) => void;
  /** Hears every event after the start. Returns a function that ends it. */
  readonly onEvents: (hear: Hear) => () => void;
  /** Everything up to here was told. */
  readonly position: () => number;
  readonly close: () => void;
};

export type Hear = (events: readonly StoredEvent[]) => void;

export type FollowDeps = {
  readonly store: Pick<Store, 'newest' | 'readAll'>;
  readonly bus: Pick<Bus, 'nudge' | 'onNudge'>;
  readonly clock: Clock;
  /** Other nodes' events come at the latest after this. */
  readonly pollMs: number;
};

/** What one look takes from the store; more follows in the next. */
const PAGE = 500;
const RETRY_MS = 500;
/** A position that nobody may read yet (another node's commit is under way) is asked for again. */
const GAP_MS = 20;
/** Commits held while one before them is missing; beyond that the store is asked for them, too. */
const HELD_MAX = 1_000;

export function createFollow({ store, bus, clock, pollMs }: FollowDeps): Follow {
  const hearers = new Set<Hear>();
  /** Commits after a gap, by the position of their first event. */
  const held = new Map<number, readonly StoredEvent[]>();
  let position = 0;
  let running = false;
  let looking = false;
  let lookAgain = false;
  let nudged = 0;
  let cancelPoll = () => {};
  let stopNudges = () => {};

  function tell(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    position = last.position;
    for (const hear of hearers) hear(events);
  }

  /** Tells what continues at our position: a commit, and those that waited behind it. */
  function take(events: readonly StoredEvent[]): void {
    tell(after(events, position));
    while (held.size > 0) {
      const next = held.get(position + 1) ?? straddling();
      if (next === undefined) return;
      held.delete(firstOf(next));
      tell(after(next, position));
    }
  }

  /** A held commit of which a page from the store brought the first events or all of them. */
  function straddling(): readonly StoredEvent[] | undefined {
    for (const events of held.values()) if (firstOf(events) <= position) return events;
    return undefined;
  }

  function committed(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (!running || last === undefined) return;
    nudge(last.position);
    if (last.position <= position) return;
    if (firstOf(events) <= position + 1) {
      take(events);
      return;
    }
    if (held.size === 0) clock.soon(fill);
    if (held.size < HELD_MAX) held.set(firstOf(events), events);
  }

  /** The missing commit may have been told in the same turn; else the store has it. */
  function fill(): void {
    if (held.size > 0) look();
  }

  /** Other nodes hear of a whole turn's commits at once. */
  function nudge(last: number): void {
    if (nudged === 0)
      clock.soon(() => {
        if (running) bus.nudge(nudged);
        nudged = 0;
      });
    nudged = Math.max(nudged, last);
  }

  function look(): void {
    if (looking) lookAgain = true;
    else if (running) void lookUntilNewest();
  }

  async function lookUntilNewest(): Promise<void> {
    looking = true;
    let retryMs: number | null = null;
    try {
      do {
        lookAgain = false;
        const page = await store.readAll(position, PAGE);
        if (!running) return;
        take(page);
        lookAgain ||= page.length === PAGE;
      } while (lookAgain);
      if (held.size > 0) retryMs = GAP_MS;
    } catch (error) {
      if (!isWeather(error)) throw error;
      retryMs = RETRY_MS;
    } finally {
      looking = false;
    }
    if (retryMs !== null && running) clock.at(clock.now() + retryMs, look);
  }

  function poll(): void {
    look();
    cancelPoll = clock.at(clock.now() + pollMs, poll);
  }

  async function start(): Promise<void> {
    ({ position } = await store.newest());
    running = true;
    stopNudges = bus.onNudge((newest) => {
      if (newest > position) look();
    });
    cancelPoll = clock.at(clock.now() + pollMs, poll);
  }

  return {
    start,
    committed,
    onEvents: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    position: () => position,
    close: () => {
      running = false;
      cancelPoll();
      stopNudges();
    },
  };
}

const firstOf = (events: readonly StoredEvent[]): number => events[0]?.position ?? 0;

/** The events after a position; the same list when that is all of them. */
const after = (events: readonly StoredEvent[], position: number): readonly StoredEvent[] =>
  firstOf(events) > position ? events : events.filter((event) => event.position > position);
