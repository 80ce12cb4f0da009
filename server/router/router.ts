import type {
  AgentId,
  CommandId,
  InteractionId,
  OfferId,
  QueueId,
  StreamName,
} from '../../protocol/ids.ts';
import { agentOf, agentStream, interactionOf, interactionStream } from '../../protocol/ids.ts';
import type { AgentState } from '../agents/state.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { Handle } from '../handle.ts';
import type { SystemCommand } from '../interactions/command.ts';
import type { QueuePolicy } from '../interactions/policy.ts';
import type { InteractionState } from '../interactions/state.ts';
import { type Folded, fold, step } from '../states.ts';
import type { Store, StoredEvent } from '../store/contract.ts';
import { createAgentsIndex, type RoutingSetup } from './agents-index.ts';
import { createDeadlines } from './deadlines.ts';
import { agentDeadlines, interactionDeadlines, type Liveness } from './due.ts';
import { createMatcher } from './matcher.ts';
import { createPositions } from './positions.ts';
import { createWaitingIndex } from './waiting-index.ts';

export type RouterDeps = {
  readonly store: Pick<Store, 'openStreams'>;
  readonly handle: Pick<Handle, 'handle'>;
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'tell'>;
  /** Every stored event, in the order of positions. Returns a function that ends it. */
  readonly onEvents: (hear: (events: readonly StoredEvent[]) => void) => () => void;
  readonly setup: RoutingSetup;
  readonly policy: (queue: QueueId) => Pick<QueuePolicy, 'customerLeftMs'> | null;
  readonly liveness: Liveness;
  readonly newCommand: () => CommandId;
  readonly newOffer: () => OfferId;
};

export type Router = {
  /** Reads what is open, rescinds what rings, then runs. */
  readonly start: () => Promise<void>;
  /** How many wait and how many agents are known; for `/readyz`, metrics and tests. */
  readonly size: () => {
    readonly interactions: number;
    readonly agents: number;
    readonly deadlines: number;
  };
  readonly close: () => void;
};

const PAGE = 500;
const RETRY_MS = 1_000;
/** A longer silence of the event loop means that nobody could be heard meanwhile. */
const STALL_MS = 1_000;
const PULSE_MS = 250;

/**
 * The one router of the cluster: a reader of the log with indexes in memory. What it decides goes
 * back through `handle` like anybody's command, so that a mistake here can refuse, never corrupt.
 */
export function createRouter(deps: RouterDeps): Router {
  const { clock, setup } = deps;
  const streams = new Map<StreamName, Folded>();
  const agents = createAgentsIndex(setup);
  const waiting = createWaitingIndex();
  const positions = createPositions({ clock, bus: deps.bus, waiting, customerOf });
  const matcher = createMatcher({
    clock,
    setup,
    agents,
    waiting,
    offer: (interaction, agent, why) =>
      ask({ type: 'offer', interaction, agent, offer: deps.newOffer(), why }),
    waitAgain: (interaction) => {
      const state = streams.get(interactionStream(interaction))?.state as
        | InteractionState
        | undefined;
      if (state !== undefined) waiting.place(state);
    },
    placeAgain: (agent, asked) => agents.place(agentState(agent), asked),
  });
  const deadlines = createDeadlines<SystemCommand>(clock, (stream, command) => {
    void ask(command).then((answer) => {
      if (answer === 'try-later')
        deadlines.add(stream, { at: clock.now() + RETRY_MS, what: command });
    });
  });
  let awake = clock.now();
  let stop: () => void = () => {};
  let pulse: () => void = () => {};
  let closed = false;

  const ask = async (command: SystemCommand): Promise<'done' | 'refused' | 'try-later'> => {
    const answer = await deps.handle.handle({ kind: 'system' }, deps.newCommand(), command);
    if (answer.type === 'ack') return 'done';
    return answer.retryMs === null ? 'refused' : 'try-later';
  };

  function customerOf(interaction: InteractionId) {
    const state = streams.get(interactionStream(interaction))?.state as
      | InteractionState
      | undefined;
    return state?.customer ?? null;
  }

  const agentState = (agent: AgentId): AgentState => {
    const folded = streams.get(agentStream(agent)) ?? fold(agentStream(agent), null);
    return folded.state as AgentState;
  };

  function hear(events: readonly StoredEvent[]): void {
    for (const { stream, seq, at, body } of events) {
      const before = streams.get(stream) ?? { ...fold(stream, null) };
      if (seq <= before.seq) continue;
      const state = step(stream, before.state, body, seq, at);
      streams.set(stream, { seq, snapshotSeq: 0, state });
      if (body.type === 'accepted')
        positions.accepted(streams.get(stream)?.state as InteractionState, at);
      if (state !== before.state) changed(stream);
    }
  }

  /** Brings every index to a stream's newest state. */
  function changed(stream: StreamName): void {
    const state = streams.get(stream)?.state ?? null;
    if (state === null) return;
    if (agentOf(stream) !== null) agentChanged(stream, state as AgentState);
    else interactionChanged(stream, state as InteractionState);
  }

  function interactionChanged(stream: StreamName, state: InteractionState): void {
    const policy = deps.policy(state.queue);
    deadlines.set(stream, policy === null ? [] : interactionDeadlines(state, policy, awake));
    if (!matcher.isAsked(state.id)) waiting.place(state);
    if (state.status.name === 'queued') positions.arrived(state.queue);
    if (state.status.name === 'active') ownerBack(state);
    if (state.status.name === 'done') streams.delete(stream);
    matcher.look(state.queue);
  }

  function agentChanged(stream: StreamName, state: AgentState): void {
    deadlines.set(stream, agentDeadlines(state, deps.liveness, awake));
    for (const queue of agents.place(state, matcher.asked(state.agent))) matcher.look(queue);
    if (!state.reach.reachable) return;
    for (const id of Object.keys(state.assignments)) {
      const owned = streams.get(interactionStream(id as InteractionId))?.state as
        | InteractionState
        | undefined;
      if (owned !== undefined) ownerBack(owned);
    }
  }

  /** The customer was told that the agent is away, and the agent is back. */
  function ownerBack(state: InteractionState): void {
    if (state.status.name !== 'active' || !state.ownerAway) return;
    const { owner: agent } = state.status;
    if (!agentState(agent).reach.reachable) return;
    const again = () => {
      if (!closed) void ask({ type: 'owner-back', interaction: state.id, agent }).then(retry);
    };
    const retry = (answer: string) => {
      if (answer === 'try-later') clock.at(clock.now() + RETRY_MS, again);
    };
    again();
  }

  /** After our absence: liveness starts anew, and nobody is punished for an offer that rang meanwhile. */
  function wake(): void {
    awake = clock.now();
    for (const [stream, { state }] of streams) {
      changed(stream);
      if (interactionOf(stream) === null) continue;
      const { id, status } = state as InteractionState;
      if (status.name === 'offered')
        deadlines.set(stream, [
          { at: awake, what: { type: 'rescind', interaction: id, offer: status.offer } },
        ]);
    }
  }

  function watch(): void {
    const expected = clock.now() + PULSE_MS;
    pulse = clock.at(expected, () => {
      if (clock.now() - expected > STALL_MS) wake();
      watch();
    });
  }

  async function start(): Promise<void> {
    const meanwhile: StoredEvent[] = [];
    let loading = true;
    stop = deps.onEvents((events) => (loading ? void meanwhile.push(...events) : hear(events)));
    let after: StreamName | null = null;
    for (;;) {
      const page = await deps.store.openStreams(after, PAGE);
      for (const loaded of page) streams.set(loaded.stream, fold(loaded.stream, loaded));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.stream;
    }
    loading = false;
    wake();
    hear(meanwhile);
    positions.start();
    watch();
  }

  return {
    start,
    size: () => ({
      interactions: waiting.size(),
      agents: streams.size,
      deadlines: deadlines.size(),
    }),
    close: () => {
      closed = true;
      stop();
      pulse();
      deadlines.close();
      matcher.close();
      positions.close();
    },
  };
}
