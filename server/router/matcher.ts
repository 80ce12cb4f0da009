import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { Why } from '../../protocol/parts.ts';
import type { Clock } from '../clock.ts';
import { proficiencies } from '../routing/candidate.ts';
import { choose } from '../routing/choose.ts';
import { compareWaiting, type Waiting } from '../routing/waiting.ts';
import type { createAgentsIndex, RoutingSetup } from './agents-index.ts';
import type { WaitingIndex } from './waiting-index.ts';

export type MatcherDeps = {
  readonly clock: Clock;
  readonly setup: RoutingSetup;
  readonly agents: ReturnType<typeof createAgentsIndex>;
  readonly waiting: WaitingIndex;
  /** `done` once the indexes know of it too. */
  readonly offer: (
    interaction: InteractionId,
    agent: AgentId,
    why: Why,
  ) => Promise<'done' | 'refused' | 'try-later'>;
  /** Puts the interaction back among the waiting ones if it still waits. */
  readonly waitAgain: (interaction: InteractionId) => void;
  /** Places the agent anew with so many unanswered offers. */
  readonly placeAgain: (agent: AgentId, asked: number) => readonly QueueId[];
};

/** What was refused is looked at again after this; by then the indexes know why. */
const AGAIN_MS = 1_000;
/** One turn of the event loop offers at most so many; the rest follows in the next (nothing blocks > 10 ms). */
const OFFERS_PER_TURN = 100;

/** Brings waiting interactions and available agents together, a turn after something changed. */
export function createMatcher(deps: MatcherDeps) {
  const { clock, setup, agents, waiting } = deps;
  const dirty = new Set<QueueId>();
  const asked = new Map<AgentId, number>();
  const inFlight = new Set<InteractionId>();
  const wakes = new Map<QueueId, { readonly at: number; readonly cancel: () => void }>();
  let due = false;

  function look(queue: QueueId): void {
    dirty.add(queue);
    if (due) return;
    due = true;
    clock.soon(turn);
  }

  function turn(): void {
    due = false;
    for (let n = 0; n < OFFERS_PER_TURN; n++) {
      const next = best();
      if (next === null) return;
      send(next.waiting, next.agent, next.why);
    }
    for (const queue of dirty) look(queue);
  }

  /** Among the queues that changed, the pair whose interaction goes first (ROUTE-1 over queues too). */
  function best(): Pair | null {
    let found: Pair | null = null;
    for (const queue of dirty) {
      const pair = pairIn(queue);
      if (pair === null) dirty.delete(queue);
      else if (found === null || compareWaiting(pair.waiting, found.waiting) < 0) found = pair;
    }
    return found;
  }

  function pairIn(queue: QueueId): Pair | null {
    const needs = setup.queue(queue);
    const { available, candidates, ready, counts } = agents.of(queue);
    if (needs === null || available.isEmpty) return null;
    const now = clock.now();
    for (const one of waiting.of(queue)) {
      const chosen = choose(
        one,
        available.keys(),
        (agent) => candidates.get(agent) ?? null,
        ready,
        needs.bestProficiency,
        now,
      );
      if (chosen === null) {
        wakeWhenUnskipped(one, now);
        continue;
      }
      const { rejected } = chosen;
      const passedOver = Object.fromEntries(
        [...counts, ['rejected', rejected] as const].filter(
          ([name, n]) => n > 0 && name !== 'available',
        ),
      );
      const { agent } = chosen.candidate;
      const skills = proficiencies(needs, setup.skills(agent)) ?? [];
      const why = {
        reason: chosen.reason,
        skills,
        candidates: available.size - rejected,
        step: 0,
        passedOver,
      };
      return { waiting: one, agent, why };
    }
    return null;
  }

  function send(one: Waiting, agent: AgentId, why: Why): void {
    inFlight.add(one.interaction);
    waiting.remove(one.interaction);
    count(agent, +1);
    void deps.offer(one.interaction, agent, why).then((answer) => {
      const over = () => {
        inFlight.delete(one.interaction);
        deps.waitAgain(one.interaction);
        for (const queue of count(agent, -1)) look(queue);
        look(one.queue);
      };
      if (answer === 'done') over();
      else clock.at(clock.now() + AGAIN_MS, over);
    });
  }

  function count(agent: AgentId, by: number): readonly QueueId[] {
    const n = (asked.get(agent) ?? 0) + by;
    if (n <= 0) asked.delete(agent);
    else asked.set(agent, n);
    return deps.placeAgain(agent, Math.max(0, n));
  }

  /** OFFER-6: looks again when the first of those who rejected it may get it again. */
  function wakeWhenUnskipped(one: Waiting, now: number): void {
    const until = Math.min(...one.skipped.map((skip) => skip.until).filter((at) => at > now));
    const armed = wakes.get(one.queue);
    if (!Number.isFinite(until) || (armed !== undefined && armed.at <= until)) return;
    armed?.cancel();
    const cancel = clock.at(until, () => {
      wakes.delete(one.queue);
      look(one.queue);
    });
    wakes.set(one.queue, { at: until, cancel });
  }

  return {
    look,
    /** Its offer was sent and not answered yet: it isn't in the waiting index meanwhile. */
    isAsked: (interaction: InteractionId): boolean => inFlight.has(interaction),
    asked: (agent: AgentId): number => asked.get(agent) ?? 0,
  };
}

type Pair = { readonly waiting: Waiting; readonly agent: AgentId; readonly why: Why };
