import type { CommitmentId, InteractionId } from '../../protocol/ids.ts';
import { channels as allChannels } from '../../protocol/parts.ts';
import type { AgentState } from '../agents/state.ts';
import type { SystemCommand } from '../interactions/command.ts';
import type { QueuePolicy } from '../interactions/policy.ts';
import { type InteractionState, isLive } from '../interactions/state.ts';
import type { RoutingSetup } from './agents-index.ts';
import type { Deadline } from './deadlines.ts';

/** Times of STATE-8, in milliseconds. */
export type Liveness = {
  readonly ownerAwayMs: number;
  readonly ownerLostMs: number;
  readonly unreachableMs: number;
};

/**
 * What must happen to an interaction by itself, and when. `awake` is since when this router has
 * been running without a stall: liveness deadlines never count time in which nobody could have
 * been heard; wrap-up runs on through our absence.
 */
export function interactionDeadlines(
  state: InteractionState,
  policy: Pick<QueuePolicy, 'customerLeftMs' | 'overflow'>,
  awake: number,
  opening: RoutingSetup['opening'],
  now: number,
): Deadline<SystemCommand>[] {
  const deadlines: Deadline<SystemCommand>[] = overflowOf(state, policy, opening, now);
  const { id: interaction, status, presence } = state;
  if (status.name === 'offered')
    deadlines.push(
      status.answerBy === null
        ? { at: status.showBy, what: { type: 'offer-not-shown', interaction, offer: status.offer } }
        : {
            at: status.answerBy,
            what: { type: 'offer-expired', interaction, offer: status.offer },
          },
    );
  for (const { request, until } of state.requests)
    deadlines.push({ at: until, what: { type: 'request-expired', interaction, request } });
  if (status.name === 'wrapping' && status.until !== null)
    deadlines.push({
      at: status.until,
      what: { type: 'wrap-up-over', interaction, since: status.since },
    });
  if (status.name === 'parked')
    deadlines.push({
      at: status.until,
      what: { type: 'park-over', interaction, since: status.since },
    });
  if (status.name === 'with-bot')
    deadlines.push({
      at: status.until,
      what: {
        type: 'bot-over',
        interaction,
        since: status.since,
        outcome: 'time-out',
        note: '',
        queue: null,
        answer: null,
      },
    });
  if (
    presence.name === 'away' &&
    isLive(state) &&
    status.name !== 'parked' &&
    status.name !== 'wrapping' &&
    status.name !== 'done'
  )
    deadlines.push({
      at: Math.max(presence.leftAt, awake + policy.customerLeftMs),
      what: { type: 'customer-left', interaction, since: presence.since },
    });
  return deadlines;
}

/** ROUTE-6: on to the next queue after a time; a closed one takes it when it opens. */
function overflowOf(
  { id: interaction, status, entered }: InteractionState,
  { overflow }: Pick<QueuePolicy, 'overflow'>,
  opening: RoutingSetup['opening'],
  now: number,
): Deadline<SystemCommand>[] {
  if (status.name !== 'queued' || overflow === null) return [];
  /** It may have rung when its time was up, or we were away. */
  const due = Math.max(entered.at + overflow.afterMs, now);
  const { open, until } = opening(overflow.queue, due);
  const at = open ? due : until;
  const to = overflow.queue;
  return at === null
    ? []
    : [{ at, what: { type: 'overflow', interaction, to, since: entered.seq } }];
}

/** What an agent is reminded of (END-8) and wraps up, statuses whose time is over (STATE-5), and STATE-8 to who is unreachable. */
export function agentDeadlines(
  state: AgentState,
  liveness: Liveness,
  awake: number,
): Deadline<SystemCommand>[] {
  const timed = [...ownWrapUpDeadlines(state), ...timesOver(state)];
  if (state.desk === null) return timed;
  timed.push(...promiseDeadlines(state));
  return state.reach.reachable
    ? timed
    : [...timed, ...unreachableDeadlines(state, liveness, awake)];
}

const ownWrapUpDeadlines = ({ agent, ownWrapUps }: AgentState): Deadline<SystemCommand>[] =>
  Object.entries(ownWrapUps).map(([id, { until, since }]) => ({
    at: until,
    what: { type: 'own-wrap-up-over', interaction: id as InteractionId, agent, since },
  }));

function timesOver({ agent, channels }: AgentState): Deadline<SystemCommand>[] {
  const deadlines: Deadline<SystemCommand>[] = [];
  for (const channel of allChannels) {
    const { status, until, next } = channels[channel];
    if (status === 'not-ready' && next === 'ready' && until !== null)
      deadlines.push({ at: until, what: { type: 'status-time-over', agent, channel, until } });
  }
  return deadlines;
}

function unreachableDeadlines(
  state: AgentState,
  liveness: Liveness,
  awake: number,
): Deadline<SystemCommand>[] {
  const { agent } = state;
  const from = Math.max(state.reach.at, awake);
  const deadlines: Deadline<SystemCommand>[] = [
    {
      at: from + liveness.unreachableMs,
      what: { type: 'agent-gone', agent, since: state.reach.since },
    },
  ];
  for (const [id, held] of Object.entries(state.assignments) as [
    InteractionId,
    AgentAssignment,
  ][]) {
    if (held.phase === 'offered' || held.phase === 'parked') continue;
    const owned = { interaction: id, agent, since: state.reach.since };
    if (held.role !== 'owner') {
      deadlines.push({ at: from + liveness.ownerLostMs, what: { type: 'member-lost', ...owned } });
      continue;
    }
    if (held.phase === 'active')
      deadlines.push({ at: from + liveness.ownerAwayMs, what: { type: 'owner-away', ...owned } });
    deadlines.push({ at: from + liveness.ownerLostMs, what: { type: 'owner-lost', ...owned } });
  }
  return deadlines;
}

/** END-8: an agent who is signed out is reminded when back. */
const promiseDeadlines = ({ agent, commitments }: AgentState): Deadline<SystemCommand>[] =>
  Object.entries(commitments).flatMap(([id, { due, isDue }]) =>
    isDue
      ? []
      : [{ at: due, what: { type: 'commitment-due', agent, commitment: id as CommitmentId } }],
  );

type AgentAssignment = AgentState['assignments'][string];
