import {
  type AgentId,
  agentOf,
  agentStream,
  type InteractionId,
  interactionStream,
  type StreamName,
} from '../../protocol/ids.ts';
import type { AgentState } from '../agents/state.ts';
import type { Clock } from '../clock.ts';
import type { InteractionState } from '../interactions/state.ts';
import { type Folded, fold, step } from '../states.ts';
import {
  type LoadedStream,
  type Store,
  type StoredEvent,
  StoreUnavailable,
} from '../store/contract.ts';
import { partedMap } from './parted-map.ts';

export type ReaderDeps = {
  readonly store: Pick<Store, 'openStreams' | 'load'>;
  readonly clock: Clock;
  /** Every stored event, in the order of positions. Returns a function that ends it. */
  readonly onEvents: (hear: (events: readonly StoredEvent[]) => void) => () => void;
  /** A stream has come to another state; not told while `start` reads. */
  readonly changed: (stream: StreamName, state: NonNullable<Folded['state']>) => void;
  /** An event, after the state it leads to is known. */
  readonly heard: (event: StoredEvent) => void;
};

/** Each is folded in one turn of the event loop: 20 µs a stream. */
const PAGE = 100;
const RETRY_MS = 1_000;

/** What the router knows: the newest state of every open interaction and every agent, folded from the log. */
export function createReader(deps: ReaderDeps) {
  const { store, clock } = deps;
  const agents = partedMap<StreamName, Known>();
  const interactions = partedMap<StreamName, Known>();
  /** Agents who were signed out when we started: what they did before is being read. */
  const loading = new Map<StreamName, StoredEvent[]>();
  const waiters = new Map<StreamName, Waiter[]>();
  let stop: () => void = () => {};

  function hear(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const { stream, seq, at, body } = event;
      const known = streamsLike(stream).get(stream) ?? beginning(event);
      if (known === null || seq <= known.seq) continue;
      const before = known.state;
      const state = step(stream, before, body, seq, at);
      known.seq = seq;
      known.state = state;
      deps.heard(event);
      if (state !== null && state !== before) deps.changed(stream, state);
      wakeWaiters(stream, seq);
    }
  }

  /** Where a stream that we don't know begins; null: not here, and not now. */
  function beginning(event: StoredEvent): Known | null {
    const { stream, seq } = event;
    if (seq === 1) return keep(stream, null);
    /** It is over already, or was before we came; but a late wrap-up may place it anew (END-9). */
    if (agentOf(stream) === null && event.body.type !== 'placed') return null;
    const later = loading.get(stream);
    if (later !== undefined) later.push(event);
    else {
      loading.set(stream, [event]);
      void load(stream);
    }
    return null;
  }

  async function load(stream: StreamName): Promise<void> {
    try {
      const loaded = await store.load(stream);
      const later = loading.get(stream) ?? [];
      loading.delete(stream);
      const { state } = keep(stream, loaded);
      if (state !== null) deps.changed(stream, state);
      hear(later);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      clock.at(clock.now() + RETRY_MS, () => void load(stream));
    }
  }

  function keep(stream: StreamName, loaded: LoadedStream | null): Known {
    const { seq, state } = fold(stream, loaded);
    const known = { seq, state };
    streamsLike(stream).set(stream, known);
    return known;
  }

  const streamsLike = (stream: StreamName) => (stream.startsWith('agent:') ? agents : interactions);

  function wakeWaiters(stream: StreamName, seq: number): void {
    const waiting = waiters.get(stream);
    if (waiting === undefined) return;
    const left = waiting.filter((one) => one.seq > seq);
    if (left.length === 0) waiters.delete(stream);
    else waiters.set(stream, left);
    for (const one of waiting) if (one.seq <= seq) one.resolve();
  }

  return {
    /** Reads what is open, then what was stored meanwhile; from then on `changed` is told. */
    async start(ready: () => void): Promise<void> {
      const meanwhile: StoredEvent[] = [];
      let reading = true;
      stop = deps.onEvents((events) => (reading ? void meanwhile.push(...events) : hear(events)));
      let after: StreamName | null = null;
      for (;;) {
        const page = await store.openStreams(after, PAGE);
        for (const loaded of page) keep(loaded.stream, loaded);
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) break;
        after = last.stream;
      }
      reading = false;
      ready();
      hear(meanwhile);
    },
    /** Agents first: an interaction that is looked at finds them. */
    *entries(): IterableIterator<readonly [StreamName, Pick<Folded, 'state'>]> {
      yield* agents.entries();
      yield* interactions.entries();
    },
    interaction: (id: InteractionId): InteractionState | null =>
      (interactions.get(interactionStream(id))?.state ?? null) as InteractionState | null,
    agent: (id: AgentId): AgentState =>
      (agents.get(agentStream(id)) ?? fold(agentStream(id), null)).state as AgentState,
    /** It is over; what still comes of it is not heard any more. */
    forget(stream: StreamName): void {
      streamsLike(stream).delete(stream);
      wakeWaiters(stream, Number.POSITIVE_INFINITY);
    },
    /** Resolves when the stream is known up to `seq` (or over). */
    async knows(stream: StreamName, seq: number): Promise<void> {
      const known = streamsLike(stream).get(stream);
      if (known === undefined || known.seq >= seq) return;
      await new Promise<void>((resolve) => {
        waiters.set(stream, [...(waiters.get(stream) ?? []), { seq, resolve }]);
      });
    },
    /** Streams that are kept in memory. */
    size: () => agents.size() + interactions.size(),
    close: () => stop(),
  };
}

/** Changed in place: a new one for each event would be garbage of the old generation. */
type Known = { seq: number; state: Folded['state'] };

type Waiter = { readonly seq: number; readonly resolve: () => void };
