import { LRUCache } from 'lru-cache';
import type { AgentEvent } from '../protocol/agent-events.ts';
import type { AgentId, InteractionId, StreamName } from '../protocol/ids.ts';
import { agentOf, agentStream, interactionOf, interactionStream } from '../protocol/ids.ts';
import type { InteractionEvent } from '../protocol/interaction-events.ts';
import { evolveAgent } from './agents/evolve.ts';
import { liftAgent } from './agents/lift.ts';
import { type AgentState, newAgent } from './agents/state.ts';
import { evolve } from './interactions/evolve.ts';
import { lacksEnd, liftInteraction, withEnd } from './interactions/lift.ts';
import type { InteractionState } from './interactions/state.ts';
import type { EventBody, LoadedStream, Store } from './store/contract.ts';

/** A stream folded: its state, where it stands, and how old its stored snapshot is. */
export type Folded = {
  readonly seq: number;
  /** The seq of the stored snapshot, 0 for none. */
  readonly snapshotSeq: number;
  /** Null only for an interaction that doesn't exist. */
  readonly state: InteractionState | AgentState | null;
};

/** A stream that has no events yet. */
export const ABSENT: Folded = { seq: 0, snapshotSeq: 0, state: null };

/** Open interactions of a large centre and its agents; what is evicted is folded again from the store. */
const STATES_MAX = 50_000;

/**
 * The newest committed state of every stream in use. Only `handle` writes here, from inside the
 * stream's lane, so what it holds is never ahead of the disk.
 */
export function createStates(store: Pick<Store, 'load' | 'read'>, statesMax = STATES_MAX) {
  const cache = new LRUCache<StreamName, Folded>({ max: statesMax });
  return {
    peek: (stream: StreamName): Folded | undefined => cache.get(stream),
    /** Only at the start, before anything is written: what was read is still so when it is asked for. */
    keep: (stream: StreamName, loaded: LoadedStream): Folded => {
      const folded = fold(stream, loaded);
      if (!isShort(stream, loaded) && !cache.has(stream)) cache.set(stream, folded);
      return folded;
    },
    /** From outside the lanes: what is read may be old by the time it is here, so it isn't kept. */
    look: async (stream: StreamName): Promise<Folded> =>
      cache.get(stream) ?? fold(stream, await loadStream(store, stream)),
    load: async (stream: StreamName): Promise<Folded> => {
      const folded = fold(stream, await loadStream(store, stream));
      if (folded.state !== null) cache.set(stream, folded);
      return folded;
    },
    set: (stream: StreamName, folded: Folded): void => void cache.set(stream, folded),
    forget: (stream: StreamName): void => void cache.delete(stream),
    interaction: (id: InteractionId): InteractionState | null =>
      (cache.get(interactionStream(id))?.state ?? null) as InteractionState | null,
    agent: (id: AgentId): AgentState =>
      (cache.get(agentStream(id))?.state ?? newAgent(id)) as AgentState,
  };
}

/** The streams that a job holds the lanes of, as `decide` sees them; it asks for no others. */
export const worldOf = (held: ReadonlyMap<StreamName, Folded>) => ({
  interaction: (id: InteractionId): InteractionState | null =>
    (held.get(interactionStream(id))?.state ?? null) as InteractionState | null,
  agent: (id: AgentId): AgentState =>
    (held.get(agentStream(id))?.state ?? newAgent(id)) as AgentState,
});

/** Newer events than these may follow the end: words that were removed. */
const END_WITHIN = 8;
const END_BYTES = 1024 * 1024;

async function loadStream(
  store: Pick<Store, 'load' | 'read'>,
  stream: StreamName,
): Promise<LoadedStream | null> {
  const loaded = await store.load(stream);
  const snapshot = loaded?.snapshot ?? null;
  if (loaded === null || snapshot === null || !isShort(stream, loaded)) return loaded;
  const after = Math.max(0, snapshot.seq - END_WITHIN);
  const events = await store.read(stream, after, END_WITHIN, END_BYTES);
  return { ...loaded, snapshot: { ...snapshot, state: withEnd(snapshot.state, events) } };
}

/** An interaction's older snapshot, which doesn't say when it ended. */
const isShort = (stream: StreamName, { snapshot }: LoadedStream): boolean =>
  snapshot !== null && agentOf(stream) === null && lacksEnd(snapshot.state);

/** A stored stream's state now. */
export function fold(stream: StreamName, loaded: LoadedStream | null): Folded {
  const agent = agentOf(stream);
  let state = startOf(agent, loaded?.snapshot?.state);
  for (const { body, seq, at } of loaded?.events ?? []) state = step(stream, state, body, seq, at);
  return { seq: loaded?.seq ?? 0, snapshotSeq: loaded?.snapshot?.seq ?? 0, state };
}

function startOf(agent: AgentId | null, stored: unknown): Folded['state'] {
  if (agent !== null) return stored === undefined ? newAgent(agent) : liftAgent(stored);
  return stored === undefined ? null : liftInteraction(stored);
}

export function step(
  stream: StreamName,
  state: Folded['state'],
  body: EventBody,
  seq: number,
  at: number,
): Folded['state'] {
  const interaction = interactionOf(stream);
  return interaction === null
    ? evolveAgent(state as AgentState, body as AgentEvent, seq, at)
    : evolve(state as InteractionState | null, body as InteractionEvent, seq, at, interaction);
}
