import type { AgentId, InteractionId, StreamName } from '../../protocol/ids.ts';
import { agentOf, agentStream, interactionOf, interactionStream } from '../../protocol/ids.ts';
import { type AgentState, newAgent } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import { step } from '../../server/states.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { agentAgrees, interactionAgrees } from './agreement.ts';
import { must } from './broken.ts';
import type { Folded } from './folded.ts';
import { createGrants } from './grants.ts';
import { createJudge, type Knowledge } from './judge.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { count, newTally } from './tally.ts';

/**
 * Reads everything that reaches the server's disk, in order, and holds it against the invariants
 * I1–I8 of docs/architecture.md. It trusts nothing in the server's memory.
 */
export function createChecker(disk: MemoryDisk, knowledge: Knowledge) {
  const streams = new Map<StreamName, Folded>();
  const effects = new Map<string, number>();
  const grants = createGrants();
  const counts = newTally();
  let read = 0;
  let latest = 0;

  const agent = (id: AgentId): AgentState =>
    (streams.get(agentStream(id))?.state ?? newAgent(id)) as AgentState;
  const interaction = (id: InteractionId): InteractionState | null =>
    (streams.get(interactionStream(id))?.state ?? null) as InteractionState | null;

  const judge = createJudge(knowledge, agent);
  const eventAt = (index: number): StoredEvent | undefined => disk.events[index]?.event;

  /** Everything that was stored since the last look, one command after the other. */
  function look(): void {
    const touched = new Set<StreamName>();
    for (; read < disk.events.length; read++) {
      const event = eventAt(read) as StoredEvent;
      must(event.position === read + 1, `I2: position ${event.position} stands at ${read + 1}`);
      take(event);
      touched.add(event.stream);
      const next = eventAt(read + 1);
      if (next?.commandId === event.commandId && next.principal === event.principal) continue;
      agree(touched);
      touched.clear();
    }
  }

  function agree(touched: ReadonlySet<StreamName>): void {
    for (const stream of touched) {
      const id = interactionOf(stream);
      const state = id === null ? null : interaction(id);
      if (state !== null) interactionAgrees(state, { agent, interaction });
    }
    // All of them: who lost something to somebody else may have been told nothing.
    for (const [stream, { state }] of streams)
      if (agentOf(stream) !== null) agentAgrees(state as AgentState, { agent, interaction });
  }

  function take(event: StoredEvent): void {
    const { stream, seq, at, body } = event;
    const id = agentOf(stream);
    const before = streams.get(stream) ?? { seq: 0, state: id === null ? null : newAgent(id) };
    must(seq === before.seq + 1, `I2: ${stream} goes from ${before.seq} to ${seq}`);
    must(at >= latest, `TIME: ${stream} ${seq} is of ${at}, after something of ${latest}`);
    latest = at;
    oneEffect(event);
    judge(event, before);
    grants.take(event);
    count(counts, event, before);
    streams.set(stream, { seq, state: step(stream, before.state, body, seq, at) });
  }

  /** I3: all events of one command id stand together. */
  function oneEffect(event: StoredEvent): void {
    const key = `${event.principal} ${event.commandId}`;
    const last = effects.get(key);
    must(last === undefined || last === event.position - 1, `I3: ${key} has two effects`);
    effects.set(key, event.position);
  }

  return {
    look,
    agent,
    interaction,
    counts,
    /** Every stream's events as stored. */
    events: (stream: StreamName): readonly StoredEvent[] =>
      disk.streams.get(stream)?.events.map((one) => one.event) ?? [],
    granted: grants.of,
    openInteractions: (): InteractionState[] =>
      [...streams.keys()].flatMap((stream) => {
        const id = interactionOf(stream);
        const state = id === null ? null : interaction(id);
        return state === null || state.status.name === 'done' ? [] : [state];
      }),
  };
}
export type Checker = ReturnType<typeof createChecker>;
