import type { AgentId, QueueId } from '../../protocol/ids.ts';
import { type AgentState, loadOf, ringing } from '../agents/state.ts';
import {
  type Availability,
  availability,
  type Candidate,
  compareCandidates,
  proficiencies,
  type QueueNeeds,
} from '../routing/candidate.ts';
import { type Sorted, sorted } from './sorted.ts';

/** What the set-up says of agents and queues, as far as routing needs it. */
export type RoutingSetup = {
  readonly queue: (id: QueueId) => QueueNeeds | null;
  readonly queues: () => readonly QueueId[];
  readonly skills: (agent: AgentId) => Readonly<Record<string, number>>;
  readonly limits: (agent: AgentId) => { readonly chatLimit: number; readonly ringsAtOnce: number };
};

/** One queue's agents: those who can be offered something now in their order, and counts of the others. */
export type QueueAgents = {
  readonly available: Sorted<Candidate>;
  readonly candidates: Map<AgentId, Candidate>;
  /** Routable ones, busy ones included (OFFER-6's "nobody else is left"). */
  readonly ready: Set<AgentId>;
  readonly counts: Map<Availability, number>;
};

/** Agents by queue. One change of one agent costs O(log n) in each queue the agent serves. */
export function createAgentsIndex(setup: RoutingSetup) {
  const queues = new Map<QueueId, QueueAgents>();
  const serves = new Map<AgentId, { readonly queue: QueueId; readonly proficiency: number }[]>();
  const placed = new Map<AgentId, Availability>();

  function of(queue: QueueId): QueueAgents {
    let found = queues.get(queue);
    if (found === undefined) {
      const best = setup.queue(queue)?.bestProficiency ?? false;
      found = {
        available: sorted(compareCandidates(best)),
        candidates: new Map(),
        ready: new Set(),
        counts: new Map(),
      };
      queues.set(queue, found);
    }
    return found;
  }

  function queuesOf(
    agent: AgentId,
  ): readonly { readonly queue: QueueId; readonly proficiency: number }[] {
    let found = serves.get(agent);
    if (found === undefined) {
      const skills = setup.skills(agent);
      found = [];
      for (const queue of setup.queues()) {
        const needs = setup.queue(queue);
        const has = needs === null ? null : proficiencies(needs, skills);
        if (has !== null)
          found.push({ queue, proficiency: has.reduce((sum, one) => sum + one.proficiency, 0) });
      }
      serves.set(agent, found);
    }
    return found;
  }

  return {
    of,
    size: () => placed.size,
    /** The set-up has changed: every agent must be placed anew. */
    forget(): void {
      queues.clear();
      serves.clear();
      placed.clear();
    },
    /** Takes the agent's newest state; `asked` offers were sent to `handle` and not answered yet. Says which queues must be looked at: those that gained an agent, or lost one of those others were waiting for (OFFER-6). */
    place(state: AgentState, asked: number): readonly QueueId[] {
      const { agent } = state;
      const { chatLimit, ringsAtOnce } = setup.limits(agent);
      const load = loadOf(state) + asked;
      const now = availability({
        signedIn: state.desk !== null,
        reachable: state.reach.reachable,
        status: state.chat.status,
        pending: state.pending !== null,
        canShow: state.canShow,
        load,
        limit: chatLimit,
        rings: ringing(state).length + asked,
        ringsAtOnce,
      });
      const before = placed.get(agent);
      placed.set(agent, now);
      const look: QueueId[] = [];
      for (const { queue, proficiency } of queuesOf(agent)) {
        const agents = of(queue);
        const old = agents.candidates.get(agent);
        if (old !== undefined) agents.available.delete(old);
        agents.candidates.delete(agent);
        if (before !== undefined) agents.counts.set(before, (agents.counts.get(before) ?? 1) - 1);
        agents.counts.set(now, (agents.counts.get(now) ?? 0) + 1);
        if (now === 'available' || now === 'ringing' || now === 'no-room') agents.ready.add(agent);
        else if (agents.ready.delete(agent)) look.push(queue);
        if (now !== 'available') continue;
        const candidate = { agent, proficiency, load, lastAcceptedAt: state.lastAcceptedAt };
        agents.available.set(candidate, true);
        agents.candidates.set(agent, candidate);
        look.push(queue);
      }
      return look;
    },
  };
}
