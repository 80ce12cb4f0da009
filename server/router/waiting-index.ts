import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import type { Clock } from '../clock.ts';
import { channelOf, type InteractionState } from '../interactions/state.ts';
import { keptFor } from '../routing/preference.ts';
import { type Step, stepAt } from '../routing/steps.ts';
import { compareWaiting, type Waiting } from '../routing/waiting.ts';
import type { AgentsIndex } from './agents-index.ts';
import { createAlarms } from './alarms.ts';
import type { Line, LineKey } from './line.ts';
import { partedMap } from './parted-map.ts';
import { type Sorted, sorted } from './sorted.ts';

export type WaitingDeps = {
  readonly clock: Clock;
  readonly agents: AgentsIndex;
  readonly steps: (queue: QueueId) => readonly Step[];
  /** Somebody came to the front of something, or left it. */
  readonly look: (line: Line) => void;
  readonly lookKept: (agent: AgentId) => void;
};

/** Where one waits now: in a line, or kept for one agent (ROUTE-4). */
type Seat = {
  readonly waiting: Waiting;
  readonly step: number;
  readonly line: Line;
  readonly in: Sorted<Waiting>;
  readonly keptFor: AgentId | null;
};

/**
 * Waiting interactions: by queue and channel in their order (ROUTE-1), and by whom they ask for
 * now. Steps, preferences and rejections that end move them on by an alarm. A change costs
 * O(log n).
 */
export function createWaitingIndex(deps: WaitingDeps) {
  const { clock, agents, look, lookKept } = deps;
  const seats = partedMap<InteractionId, Seat>();
  const orders = new Map<string, Sorted<Waiting>>();
  const kept = new Map<AgentId, Sorted<Waiting>>();
  const preferring = new Map<AgentId, Set<InteractionId>>();
  const gone = new Set<InteractionId>();
  const alarms = createAlarms<InteractionId>(clock, (id) => {
    const seat = seats.get(id);
    if (seat !== undefined) seatAgain(seat);
  });

  function remove(id: InteractionId): void {
    const seat = seats.get(id);
    if (seat === undefined) return;
    stand(seat);
    seats.delete(id);
    alarms.set(id, null);
    gone.add(id);
    const { queue, channel, preferred } = seat.waiting;
    orders.get(orderName(queue, channel))?.delete(seat.waiting);
    if (preferred !== null) leave(preferring, preferred, id);
  }

  /** Leaves the seat; whoever is behind may be next. */
  function stand(seat: Seat): void {
    seat.in.delete(seat.waiting);
    if (seat.keptFor === null) look(seat.line);
    else lookKept(seat.keptFor);
  }

  function add(waiting: Waiting): void {
    const { interaction, queue, channel, preferred } = waiting;
    const name = orderName(queue, channel);
    const order = orders.get(name) ?? sorted(compareWaiting);
    orders.set(name, order);
    order.set(waiting, true);
    if (preferred !== null)
      preferring.set(preferred, (preferring.get(preferred) ?? new Set()).add(interaction));
    sit(waiting);
  }

  function sit(waiting: Waiting): void {
    const now = clock.now();
    const { interaction } = waiting;
    const { step, nextAfterMs } = stepNow(waiting, now);
    const line = agents.line(lineKey(waiting, step));
    const agent = keptFor(waiting, (one) => agents.standing(one, line), now);
    let at = agent === null ? null : waiting.preferredUntil;
    if (nextAfterMs !== null) at = earlier(at, waiting.enqueuedAt + nextAfterMs);
    let isPicky = false;
    for (const { until } of waiting.skipped)
      if (until > now) {
        isPicky = true;
        at = earlier(at, until);
      }
    const inside = agent !== null ? keptOf(agent) : isPicky ? line.picky : line.plain;
    inside.set(waiting, true);
    seats.set(interaction, { waiting, step, line, in: inside, keptFor: agent });
    alarms.set(interaction, at);
    if (agent === null) look(line);
    else lookKept(agent);
  }

  function seatAgain(seat: Seat): void {
    stand(seat);
    sit(seat.waiting);
  }

  function stepNow(waiting: Waiting, now: number) {
    const { queue, enqueuedAt } = waiting;
    const canEver = (step: number) => agents.canEver({ ...lineKey(waiting, step), target: null });
    return stepAt(deps.steps(queue), now - enqueuedAt, canEver);
  }

  /** A target whom nobody could ever be is none. */
  function lineKey({ queue, channel, target }: Waiting, step: number): LineKey {
    const key = { queue, channel, step, target };
    return target === null || agents.canEver(key) ? key : { ...key, target: null };
  }

  function keptOf(agent: AgentId): Sorted<Waiting> {
    const found = kept.get(agent) ?? sorted(compareWaiting);
    kept.set(agent, found);
    return found;
  }

  return {
    /** Takes an interaction's newest state: in when it waits, out when it doesn't. */
    place(state: InteractionState): void {
      remove(state.id);
      if (state.status.name === 'queued') add(waitingOf(state));
    },
    remove,
    get: (id: InteractionId): Waiting | undefined => seats.get(id)?.waiting,
    stepOf: (id: InteractionId): number => seats.get(id)?.step ?? 0,
    stepNow,
    lineKey,
    keptFor: (id: InteractionId): AgentId | null => seats.get(id)?.keptFor ?? null,
    /** In their order. Don't change the index while iterating. */
    of: (queue: QueueId, channel: Channel): Iterable<Waiting> =>
      orders.get(orderName(queue, channel))?.keys() ?? [],
    count: (queue: QueueId, channel: Channel): number =>
      orders.get(orderName(queue, channel))?.size ?? 0,
    /** Those kept for this agent, in their order. */
    kept: (agent: AgentId): Sorted<Waiting> | undefined => kept.get(agent),
    /** ROUTE-4: the agent stands otherwise; those who prefer them look again whether they are kept. */
    preferredChanged(agent: AgentId): void {
      for (const id of preferring.get(agent) ?? []) {
        const seat = seats.get(id);
        if (seat === undefined) continue;
        const is = keptFor(seat.waiting, (one) => agents.standing(one, seat.line), clock.now());
        if (is !== seat.keptFor) seatAgain(seat);
      }
    },
    /** Those who left since the last call. */
    takeGone(): Iterable<InteractionId> {
      const ids = [...gone];
      gone.clear();
      return ids;
    },
    size: seats.size,
    alarms: alarms.size,
  };
}

export type WaitingIndex = ReturnType<typeof createWaitingIndex>;

const earlier = (one: number | null, two: number): number =>
  one === null ? two : Math.min(one, two);

const orderName = (queue: QueueId, channel: Channel): string => `${queue} ${channel}`;

function leave(all: Map<AgentId, Set<InteractionId>>, agent: AgentId, id: InteractionId): void {
  const ids = all.get(agent);
  ids?.delete(id);
  if (ids?.size === 0) all.delete(agent);
}

const waitingOf = (state: InteractionState): Waiting => ({
  interaction: state.id,
  queue: state.queue,
  channel: channelOf(state),
  target: state.target,
  returned: state.returned,
  priority: state.priority,
  enqueuedAt: state.enqueuedAt,
  skipped: state.skipped,
  preferred: state.preferred,
  preferredUntil: state.preferredUntil,
});
