import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { InteractionState } from '../interactions/state.ts';
import { estimateMs, measured, noRate, type Rate } from '../routing/estimate.ts';
import type { Waiting } from '../routing/waiting.ts';
import { partedMap } from './parted-map.ts';
import { TURN_MS } from './slices.ts';
import type { WaitingIndex } from './waiting-index.ts';

/** Often enough that nobody waits much longer than the 10 s for the next telling. */
const ROUND_MS = limits.positionEveryMs / 4;
/** A whole house may come at once (a start, a queue that was moved): so many are told in one turn. */
const NEWCOMERS_PER_TURN = 50;
const GONE_PER_TURN = 500;

/**
 * ROUTE-7: tells waiting customers their position and the queue's estimate: a newcomer at once,
 * each at most every 10 s, the first 50 exactly, the others that they are beyond. Ephemeral: what
 * is lost is told again with the next round.
 */
export function createPositions(deps: {
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'tell'>;
  readonly waiting: Pick<WaitingIndex, 'of' | 'get' | 'takeGone'>;
  readonly interaction: (
    id: InteractionId,
  ) => Pick<InteractionState, 'customer' | 'entered'> | null;
}) {
  const { clock, bus, waiting } = deps;
  const rates = new Map<QueueId, Rate>();
  const told = partedMap<InteractionId, Telling>();
  /** Who was among the first 50 when the queue was told, and who fell out and wasn't told so yet. */
  const exact = new Map<QueueId, ReadonlySet<InteractionId>>();
  const queues = new Set<QueueId>();
  const newcomers = new Map<QueueId, Set<InteractionId>>();

  /** The first 50 whom nobody told anything in the last 10 s, and who came or fell beyond them. */
  function tellQueue(queue: QueueId, came: ReadonlySet<InteractionId>): void {
    const now = clock.now();
    const rate = rates.get(queue) ?? noRate;
    const among = new Set<InteractionId>();
    let firstSince = now;
    for (const one of waiting.of(queue, 'chat')) {
      if (among.size === limits.positionExactTo) break;
      if (among.size === 0) firstSince = deps.interaction(one.interaction)?.entered.at ?? now;
      among.add(one.interaction);
      const position = among.size;
      if (isDue(one.interaction, now))
        tellOne(one, position, estimateMs(rate, position, firstSince, now));
    }
    const exactOrOwed = new Set(among);
    for (const id of new Set([...came, ...(exact.get(queue) ?? [])])) {
      const one = among.has(id) ? undefined : waiting.get(id);
      if (one?.queue !== queue || told.get(id)?.exact === false) continue;
      if (isDue(id, now)) tellOne(one, null, null);
      else exactOrOwed.add(id);
    }
    exact.set(queue, exactOrOwed);
  }

  const isDue = (interaction: InteractionId, now: number): boolean => {
    const before = told.get(interaction);
    return before === undefined || now - before.at >= limits.positionEveryMs;
  };

  function tellOne(one: Waiting, position: number | null, estimate: number | null): void {
    const { interaction } = one;
    const customer = deps.interaction(interaction)?.customer;
    if (customer === undefined) return;
    told.set(interaction, { at: clock.now(), exact: position !== null });
    bus.tell({ type: 'position', interaction, customer, position, estimateMs: estimate });
  }

  function round(): void {
    forget([...waiting.takeGone()]);
  }

  function forget(gone: InteractionId[]): void {
    const until = clock.now() + TURN_MS;
    for (let n = 0; n < GONE_PER_TURN && clock.now() < until; n++) {
      const id = gone.pop();
      if (id === undefined) break;
      if (waiting.get(id) === undefined) told.delete(id);
    }
    if (gone.length > 0) clock.soon(() => forget(gone));
    else one([...queues]);
  }

  /** A queue in each turn of the event loop: a thousand of them block nobody. */
  function one(left: QueueId[]): void {
    const queue = left.pop();
    if (queue === undefined) clock.at(clock.now() + ROUND_MS, round);
    else {
      tellQueue(queue, NOBODY);
      clock.soon(() => one(left));
    }
  }

  return {
    start: round,
    /** Somebody new waits. */
    arrived(queue: QueueId, interaction: InteractionId): void {
      if (told.has(interaction)) return;
      if (newcomers.size === 0) clock.soon(greet);
      queues.add(queue);
      const came = newcomers.get(queue) ?? new Set();
      newcomers.set(queue, came.add(interaction));
    },
    /** A sample of the queue's rate. */
    accepted(queue: QueueId, enteredAt: number, at: number): void {
      rates.set(queue, measured(rates.get(queue) ?? noRate, enteredAt, at));
    },
  };

  function greet(): void {
    for (const [queue, came] of newcomers) {
      const some = new Set<InteractionId>();
      for (const id of came) {
        if (some.size === NEWCOMERS_PER_TURN) break;
        some.add(id);
        came.delete(id);
      }
      if (came.size === 0) newcomers.delete(queue);
      tellQueue(queue, some);
      break;
    }
    if (newcomers.size > 0) clock.soon(greet);
  }
}

const NOBODY: ReadonlySet<InteractionId> = new Set();

type Telling = { readonly at: number; readonly exact: boolean };
