import type { AgentId, InteractionId } from '../../protocol/ids.ts';
import type { Channel, Why } from '../../protocol/parts.ts';
import type { Clock } from '../clock.ts';
import { proficiencyIn } from '../routing/steps.ts';
import type { AgentsIndex, RoutingSetup } from './agents-index.ts';
import type { Line } from './line.ts';
import { createPairs, type Pair, pairIn } from './pairs.ts';
import type { Asked } from './standing.ts';
import type { WaitingIndex } from './waiting-index.ts';

export type MatcherDeps = {
  readonly clock: Clock;
  readonly setup: RoutingSetup;
  readonly agents: () => AgentsIndex;
  readonly waiting: () => WaitingIndex;
  /** `done` once the indexes know of it too. */
  readonly offer: (
    interaction: InteractionId,
    agent: AgentId,
    why: Why,
  ) => Promise<'done' | 'refused' | 'try-later'>;
  /** Puts the interaction back among the waiting ones if it still waits. */
  readonly waitAgain: (interaction: InteractionId) => void;
  /** Places the agent anew with so many unanswered offers. */
  readonly placeAgain: (agent: AgentId) => void;
};

/** What was refused is looked at again after this; by then the indexes know why. */
const AGAIN_MS = 1_000;
/** One turn of the event loop offers at most so many and takes about so long; the rest follows in the next (nothing blocks > 10 ms). */
const OFFERS_PER_TURN = 20;
const TURN_MS = 3;

/** Brings waiting interactions and available agents together, a turn after something changed. */
export function createMatcher(deps: MatcherDeps) {
  const { clock, setup, agents, waiting } = deps;
  /** By name: a line, or the agent for whom some are kept. */
  const dirty = new Map<string, AgentId | null>();
  const pairs = createPairs();
  const asked = new Map<AgentId, Map<Channel, number>>();
  const inFlight = new Set<InteractionId>();
  let due = false;
  let pauses = 0;

  function soon(): void {
    if (due || pauses > 0) return;
    due = true;
    clock.soon(turn);
  }

  function look(line: Line): void {
    dirty.set(line.name, null);
    soon();
  }

  function lookKept(agent: AgentId): void {
    dirty.set(keptName(agent), agent);
    soon();
  }

  /** ROUTE-1 over queues too: whoever goes first of all that changed and all that didn't. */
  function turn(): void {
    due = false;
    if (pauses > 0) return;
    const until = clock.now() + TURN_MS;
    for (let n = 0; n < OFFERS_PER_TURN && clock.now() < until; n++) {
      if (!refreshed(until)) break;
      const next = pairs.first();
      if (next === undefined) return;
      send(next);
    }
    soon();
  }

  /** Says whether all was looked at. */
  function refreshed(until: number): boolean {
    let n = 0;
    for (const [name, what] of dirty) {
      if (++n % 16 === 0 && clock.now() >= until) return false;
      dirty.delete(name);
      pairs.set(name, what === null ? linePair(name) : keptPair(what));
    }
    return true;
  }

  function linePair(name: string): Pair | null {
    const line = agents().find(name);
    const pair = line === undefined ? null : pairIn(line, clock.now());
    return pair === null ? null : { ...pair, step: waiting().stepOf(pair.waiting.interaction) };
  }

  /** ROUTE-4. */
  function keptPair(agent: AgentId): Pair | null {
    for (const one of waiting().kept(agent)?.keys() ?? []) {
      const step = waiting().stepOf(one.interaction);
      const key = waiting().lineKey(one, step);
      if (agents().standing(agent, key) !== 'available') continue;
      return {
        waiting: one,
        agent,
        reason: 'preferred',
        rejected: 0,
        line: agents().line(key),
        step,
      };
    }
    return null;
  }

  function send(pair: Pair): void {
    const { agent } = pair;
    const { interaction, channel } = pair.waiting;
    const why = whyOf(pair, setup);
    inFlight.add(interaction);
    waiting().remove(interaction);
    count(agent, channel, +1);
    void deps.offer(interaction, agent, why).then((answer) => {
      const over = () => {
        inFlight.delete(interaction);
        deps.waitAgain(interaction);
        count(agent, channel, -1);
      };
      if (answer === 'done') over();
      else clock.at(clock.now() + AGAIN_MS, over);
    });
  }

  function count(agent: AgentId, channel: Channel, by: number): void {
    const mine = asked.get(agent) ?? new Map<Channel, number>();
    const n = (mine.get(channel) ?? 0) + by;
    if (n <= 0) mine.delete(channel);
    else mine.set(channel, n);
    if (mine.size === 0) asked.delete(agent);
    else asked.set(agent, mine);
    deps.placeAgain(agent);
  }

  return {
    look,
    lookKept,
    /** The agent stands otherwise: pairs that they are in are no longer sure. */
    agentChanged(agent: AgentId): void {
      for (const name of pairs.of(agent)) {
        const line = agents().find(name);
        if (line !== undefined) look(line);
      }
      if (waiting().kept(agent)?.isEmpty === false) lookKept(agent);
    },
    /** Nothing is offered until each `pause` has its `resume`: the indexes are being filled. */
    pause(): void {
      pauses++;
    },
    resume(): void {
      pauses--;
      soon();
    },
    /** Its offer was sent and not answered yet: it isn't in the waiting index meanwhile. */
    isAsked: (interaction: InteractionId): boolean => inFlight.has(interaction),
    asked: (agent: AgentId): Asked => asked.get(agent) ?? NONE,
    /** The lines were made anew. */
    reload(): void {
      for (const name of pairs.names()) dirty.set(name, null);
    },
  };
}

const NONE: Asked = new Map();

const keptName = (agent: AgentId): string => `kept for ${agent}`;

/** ROUTE-8: the step, the winner, and how many others were passed over for which reason. */
function whyOf({ agent, reason, rejected, line, step }: Pair, setup: RoutingSetup): Why {
  const passedOver = Object.fromEntries(
    [...line.counts, ['rejected', rejected] as const].filter(
      ([name, n]) => n > 0 && name !== 'available',
    ),
  );
  const has = setup.skills(agent);
  const named = new Set(
    (setup.queue(line.queue)?.steps ?? [])
      .slice(0, step + 1)
      .flatMap((one) => one.skills.map(({ skill }) => skill)),
  );
  const skills = [...named].flatMap((skill) => {
    const proficiency = proficiencyIn(has, skill);
    return proficiency === 0 ? [] : [{ skill, proficiency }];
  });
  return {
    reason,
    skills,
    candidates: Math.max(1, line.available.size - rejected),
    step,
    passedOver,
  };
}
