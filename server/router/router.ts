import type { QueueDoor } from '../../protocol/frames.ts';
import type { CommandId, InteractionId, OfferId, QueueId, StreamName } from '../../protocol/ids.ts';
import { agentOf, interactionOf } from '../../protocol/ids.ts';
import type { AgentState } from '../agents/state.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { Handle } from '../handle.ts';
import type { SystemCommand } from '../interactions/command.ts';
import { closedQueue, type QueuePolicy } from '../interactions/policy.ts';
import { type InteractionState, isLive } from '../interactions/state.ts';
import type { Folded } from '../states.ts';

import { createAgentsIndex, type RoutingSetup } from './agents-index.ts';
import { createDeadlines } from './deadlines.ts';
import { agentDeadlines, interactionDeadlines, type Liveness } from './due.ts';
import { createMatcher } from './matcher.ts';
import { createPositions } from './positions.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createQueueDoors } from './queue-doors.ts';
import { createReader, type ReaderDeps } from './reader.ts';
import { createSlices } from './slices.ts';
import { closable, watchStalls } from './timers.ts';
import { createWaitingIndex } from './waiting-index.ts';

export type RouterDeps = {
  readonly store: ReaderDeps['store'];
  readonly handle: Pick<Handle, 'handle'>;
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'tell'>;
  readonly onEvents: ReaderDeps['onEvents'];
  /** Hears what is folded here: once, for all who need the newest states. */
  readonly watch?: Watch;
  readonly setup: RoutingSetup;
  readonly policy: (
    queue: QueueId,
  ) => Pick<QueuePolicy, 'customerLeftMs' | 'overflow' | 'leaveMessage'> | null;
  readonly liveness: () => Liveness;
  readonly newCommand: () => CommandId;
  readonly newOffer: () => OfferId;
};

export type Watch = {
  readonly changed: (stream: StreamName, state: NonNullable<Folded['state']>) => void;
  /** An offer or a pick was taken by an agent: a sample of the queue's rate. */
  readonly accepted: (queue: QueueId, enteredAt: number, at: number) => void;
};

export type Router = {
  /** Reads what is open, rescinds what rings, then runs. */
  readonly start: () => Promise<void>;
  /** How many wait and how many agents are known; for `/readyz`, metrics and tests. */
  readonly size: () => {
    readonly interactions: number;
    readonly agents: number;
    readonly deadlines: number;
    /** Interactions and agents whose states are in memory. */
    readonly known: number;
  };
  /** The set-up has changed: everything is looked at anew, some in each turn of the event loop. */
  readonly setUpChanged: () => void;
  /** ROUTE-6. */
  readonly door: (queue: QueueId) => QueueDoor;
  readonly questions: Questions;
  readonly close: () => void;
};

type Entry = readonly [StreamName, Pick<Folded, 'state'>];

const RETRY_MS = 1_000;

/**
 * The one router of the cluster: a reader of the log with indexes in memory. What it decides goes
 * back through `handle` like anybody's command, so that a mistake here can refuse, never corrupt.
 */
export function createRouter(deps: RouterDeps): Router {
  const { setup } = deps;
  const clock = closable(deps.clock);
  const reader = createReader({
    store: deps.store,
    clock,
    onEvents: deps.onEvents,
    changed: (stream, state) => changed(stream, state),
    heard: ({ body, stream, at }) => {
      const id = interactionOf(stream);
      if (body.type === 'offered') offeredSince?.add(stream);
      const state = id === null ? null : reader.interaction(id);
      if (body.type === 'accepted' && state !== null && isLive(state)) {
        positions.accepted(state.queue, state.entered.at, at);
        deps.watch?.accepted(state.queue, state.entered.at, at);
      }
    },
  });
  const agents = createAgentsIndex(setup, clock, (line) => matcher.look(line));
  const waiting = createWaitingIndex({
    clock,
    agents,
    steps: (queue) => setup.queue(queue)?.steps ?? [],
    look: (line) => matcher.look(line),
    lookKept: (agent) => matcher.lookKept(agent),
  });
  const positions = createPositions({
    clock,
    bus: deps.bus,
    waiting,
    interaction: reader.interaction,
  });
  const matcher = createMatcher({
    clock,
    setup,
    agents: () => agents,
    waiting: () => waiting,
    offer: (interaction, agent, why) =>
      ask({ type: 'offer', interaction, agent, offer: deps.newOffer(), why }),
    waitAgain: (interaction) => {
      const state = reader.interaction(interaction);
      if (state !== null) waiting.place(state);
    },
    placeAgain: (agent) => place(reader.agent(agent)),
  });
  const doors = createQueueDoors({ clock, bus: deps.bus, setup, agents, policy: deps.policy });
  const stalls = watchStalls(clock, () => wake());
  const deadlines = createDeadlines<SystemCommand>(clock, stalls.look, (stream, command) => {
    void ask(command).then((answer) => {
      if (answer === 'try-later')
        deadlines.add(stream, { at: clock.now() + RETRY_MS, what: command });
    });
  });
  const inSlices = createSlices(clock);
  const inSlicesAnew = createSlices(clock);
  let awake = clock.now();
  /** Offers that came while we take up everything: they are ours. */
  let offeredSince: Set<StreamName> | null = null;
  /** Offers that rang through our absence, until they are over. */
  const rangThrough = new Map<InteractionId, OfferId>();

  /** `done` once our own indexes know of it too. */
  async function ask(command: SystemCommand): Promise<'done' | 'refused' | 'try-later'> {
    const answer = await deps.handle.handle({ kind: 'system' }, deps.newCommand(), command);
    if (answer.type === 'refused') return answer.retryMs === null ? 'refused' : 'try-later';
    await reader.knows(answer.stream, answer.seq);
    return 'done';
  }

  /** Brings every index to a stream's newest state. */
  function changed(stream: StreamName, state: NonNullable<Folded['state']>): void {
    deps.watch?.changed(stream, state);
    if (agentOf(stream) !== null) agentChanged(stream, state as AgentState);
    else interactionChanged(stream, state as InteractionState);
  }

  function interactionChanged(stream: StreamName, state: InteractionState): void {
    const policy = deps.policy(state.queue) ?? closedQueue;
    const { id: interaction, status } = state;
    const offer = status.name === 'offered' ? status.offer : undefined;
    if (rangThrough.get(interaction) !== offer) rangThrough.delete(interaction);
    deadlines.set(
      stream,
      offer !== undefined && rangThrough.has(interaction)
        ? [{ at: awake, what: { type: 'rescind', interaction, offer } }]
        : interactionDeadlines(state, policy, awake, setup.opening, clock.now()),
    );
    if (!matcher.isAsked(state.id)) waiting.place(state);
    if (state.status.name === 'queued' && isLive(state)) positions.arrived(state.queue, state.id);
    if (state.status.name === 'active') ownerBack(state);
    if (state.status.name === 'done') reader.forget(stream);
  }

  function agentChanged(stream: StreamName, state: AgentState): void {
    deadlines.set(stream, agentDeadlines(state, deps.liveness(), awake));
    place(state);
    if (!state.reach.reachable) return;
    for (const id of Object.keys(state.assignments)) {
      const owned = reader.interaction(id as InteractionId);
      if (owned !== null) ownerBack(owned);
    }
  }

  /** Every index of agents, and who waits for this one. */
  function place(state: AgentState): void {
    const { agent } = state;
    agents.place(state, matcher.asked(agent));
    waiting.preferredChanged(agent);
    matcher.agentChanged(agent);
  }

  /** The customer was told that the agent is away, and the agent is back. */
  function ownerBack(state: InteractionState): void {
    if (state.status.name !== 'active' || !state.ownerAway) return;
    const { owner: agent } = state.status;
    if (!reader.agent(agent).reach.reachable) return;
    const again = () =>
      void ask({ type: 'owner-back', interaction: state.id, agent }).then((answer) => {
        if (answer === 'try-later') clock.at(clock.now() + RETRY_MS, again);
      });
    again();
  }

  /**
   * After our absence: liveness starts anew, and nobody is punished for an offer that rang
   * meanwhile. Until all are taken up nothing is offered and no deadline comes.
   */
  function wake(): void {
    awake = clock.now();
    matcher.pause();
    deadlines.pause();
    offeredSince = new Set();
    inSlices(reader.entries(), takeUp, (finished) => {
      if (finished) offeredSince = null;
      deadlines.resume();
      matcher.resume();
    });
  }

  function takeUp([stream, { state }]: Entry): void {
    if (state === null) return;
    const { id, status } = state as InteractionState;
    if (agentOf(stream) === null && status.name === 'offered' && !offeredSince?.has(stream))
      rangThrough.set(id, status.offer);
    changed(stream, state);
  }

  function setUpChanged(): void {
    matcher.pause();
    agents.reload();
    matcher.reload();
    const anew = ([stream, { state }]: Entry) => {
      if (state !== null) changed(stream, state);
    };
    inSlicesAnew(reader.entries(), anew, matcher.resume);
  }

  return {
    start: async () => {
      await reader.start(wake);
      positions.start();
      doors.start();
      stalls.start();
    },
    size: () => ({
      interactions: waiting.size(),
      agents: agents.size(),
      deadlines: deadlines.size(),
      known: reader.size(),
    }),
    setUpChanged,
    door: doors.door,
    questions: createQuestions({
      clock,
      setup,
      agents,
      waiting,
      interaction: reader.interaction,
      agent: reader.agent,
    }),
    close: () => {
      reader.close();
      clock.close();
    },
  };
}
