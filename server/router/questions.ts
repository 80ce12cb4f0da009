import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { Channel } from '../../protocol/parts.ts';
import type {
  Answer,
  Explanation,
  HeldRow,
  Verdict,
  WaitingRow,
} from '../../protocol/questions.ts';
import { type AgentState, channelOf } from '../agents/state.ts';
import type { Clock } from '../clock.ts';
import type { InteractionState } from '../interactions/state.ts';
import { compareVerdicts, verdictOn } from '../routing/explain.ts';
import { compareWaiting, type Waiting } from '../routing/waiting.ts';
import type { AgentsIndex, RoutingSetup } from './agents-index.ts';
import type { WaitingIndex } from './waiting-index.ts';

export type QuestionDeps = {
  readonly clock: Clock;
  readonly setup: RoutingSetup;
  readonly agents: AgentsIndex;
  readonly waiting: WaitingIndex;
  readonly interaction: (id: InteractionId) => InteractionState | null;
  readonly agent: (id: AgentId) => AgentState;
};

/** More rows than anybody looks through. */
const ROWS_MAX = 50;
const AGENTS_MAX = 200;

/** Computed when asked (ROUTE-8, ROUTE-9); costs a look at every agent of the set-up. */
export function createQuestions(deps: QuestionDeps) {
  const { clock, setup, agents, waiting, interaction } = deps;
  function rows(queue: QueueId): Answer {
    const first: Waiting[] = [];
    let count = 0;
    for (const channel of Channel.options) {
      count += waiting.count(queue, channel);
      let n = 0;
      for (const one of waiting.of(queue, channel)) {
        if (n++ === ROWS_MAX) break;
        first.push(one);
      }
    }
    const shown = first.sort(compareWaiting).slice(0, ROWS_MAX);
    return { type: 'waiting', queue, count, rows: shown.map(rowOf) };
  }

  const rowOf = (one: Waiting): WaitingRow => ({
    interaction: one.interaction,
    channel: one.channel,
    language: interaction(one.interaction)?.language ?? '',
    priority: one.priority,
    enqueuedAt: one.enqueuedAt,
    step: waiting.stepOf(one.interaction),
    returned: one.returned,
  });

  /** Null: it doesn't wait. */
  function explain(id: InteractionId): Explanation | null {
    const one = waiting.get(id);
    if (one === undefined) return null;
    const now = clock.now();
    const { step, nextAfterMs } = waiting.stepNow(one, now);
    const key = waiting.lineKey(one, step);
    const keptFor = waiting.keptFor(id);
    const counts: Record<string, number> = {};
    const all = setup.agents().map((agent) => {
      const hasChannel = setup.limits(agent).limits[one.channel] > 0;
      const fits = hasChannel && agents.fitnessIn(agent, key) !== null;
      const stands = fits ? (agents.standing(agent, key) ?? 'signed-out') : null;
      const verdict: Verdict = verdictOn(one, agent, { hasChannel, stands }, keptFor, now);
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      return { agent, name: setup.name(agent), verdict };
    });
    all.sort((a, b) => compareVerdicts(a.verdict, b.verdict));
    return {
      type: 'explain',
      interaction: id,
      step,
      nextStepAt: nextAfterMs === null ? null : one.enqueuedAt + nextAfterMs,
      agents: all.slice(0, AGENTS_MAX),
      counts,
    };
  }

  /** HAND-7; null: nobody of the centre. */
  function holding(agent: AgentId, from: number): Answer | null {
    if (!setup.agents().includes(agent)) return null;
    const all = heldBy(deps.agent(agent));
    const rows = all.slice(from, from + limits.heldRows).map((held): HeldRow => {
      const state = interaction(held.interaction);
      return { ...held, queue: state?.queue ?? null, startedAt: state?.startedAt ?? null };
    });
    return { type: 'holding', agent, from, rows, count: all.length };
  }

  return { rows, explain, holding };
}

/** In the order in which it came, own wrap-ups last. */
const heldBy = ({
  assignments,
  ownWrapUps,
}: AgentState): Omit<HeldRow, 'queue' | 'startedAt'>[] => [
  ...Object.entries(assignments).map(([id, held]) => ({
    interaction: id as InteractionId,
    channel: channelOf(held),
    phase: held.phase,
    role: held.phase === 'offered' ? null : held.role,
  })),
  ...Object.entries(ownWrapUps).map(([id, { channel }]) => ({
    interaction: id as InteractionId,
    channel,
    phase: 'own-wrap-up' as const,
    role: null,
  })),
];

export type Questions = ReturnType<typeof createQuestions>;
