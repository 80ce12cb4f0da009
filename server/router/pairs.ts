import type { AgentId } from '../../protocol/ids.ts';
import type { Why } from '../../protocol/parts.ts';
import { choose } from '../routing/choose.ts';
import { compareWaiting, type Waiting } from '../routing/waiting.ts';
import type { Line } from './line.ts';
import { sorted } from './sorted.ts';

/** Who goes next somewhere, and to whom. */
export type Pair = {
  readonly waiting: Waiting;
  readonly agent: AgentId;
  readonly reason: Why['reason'];
  /** Who rejected it a moment ago and could have got it otherwise. */
  readonly rejected: number;
  readonly line: Line;
  readonly step: number;
};

/** The next pair of every line and of every agent for whom some are kept, the first of all first. O(log n). */
export function createPairs() {
  type Named = Pair & { readonly name: string };
  const order = sorted<Named>(
    (one, two) =>
      compareWaiting(one.waiting, two.waiting) ||
      (one.name < two.name ? -1 : one.name > two.name ? 1 : 0),
  );
  const byName = new Map<string, Named>();
  const byAgent = new Map<AgentId, Set<string>>();

  return {
    first: (): Pair | undefined => order.minKey(),
    /** Null: nobody there can go now. */
    set(name: string, pair: Pair | null): void {
      const old = byName.get(name);
      if (old !== undefined) {
        order.delete(old);
        byName.delete(name);
        byAgent.get(old.agent)?.delete(name);
      }
      if (pair === null) return;
      const named = { ...pair, name };
      order.set(named, true);
      byName.set(name, named);
      byAgent.set(pair.agent, (byAgent.get(pair.agent) ?? new Set()).add(name));
    },
    names: (): Iterable<string> => byName.keys(),
    /** Names of the pairs that this agent is in. */
    of: (agent: AgentId): Iterable<string> => byAgent.get(agent) ?? [],
  };
}

/** Looked at one by one; more have hardly been rejected in one line in the last minute. */
const PICKY_MAX = 100;

/** Of one line: whoever is first in it and can go. */
export function pairIn(line: Line, now: number): Omit<Pair, 'step'> | null {
  if (line.available.isEmpty) return null;
  const plain = line.plain.minKey();
  let looked = 0;
  for (const one of line.picky.keys()) {
    if (looked++ === PICKY_MAX || (plain !== undefined && compareWaiting(plain, one) < 0)) break;
    const pair = matched(one, line, now);
    if (pair !== null) return pair;
  }
  return plain === undefined ? null : matched(plain, line, now);
}

function matched(waiting: Waiting, line: Line, now: number): Omit<Pair, 'step'> | null {
  const { available, candidates, ready, bestProficiency } = line;
  const isAvailable = (agent: AgentId) => candidates.has(agent);
  const chosen = choose(waiting, available.keys(), isAvailable, ready, bestProficiency, now);
  return chosen === null
    ? null
    : {
        waiting,
        agent: chosen.candidate.agent,
        reason: chosen.reason,
        rejected: chosen.rejected,
        line,
      };
}
