import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type Availability, type Candidate, compareCandidates } from '../routing/candidate.ts';
import { compareWaiting, type Target, type Waiting } from '../routing/waiting.ts';
import { type Sorted, sorted } from './sorted.ts';

/** Whom a waiting interaction asks for: agents of one step of its queue, or of its target, on its channel. */
export type LineKey = {
  readonly queue: QueueId;
  readonly channel: Channel;
  readonly step: number;
  readonly target: Target;
};

export const lineName = ({ queue, channel, step, target }: LineKey): string =>
  target === null
    ? `${queue} ${channel} ${step}`
    : `${queue} ${channel} ${target.kind} ${target.kind === 'team' ? target.team : target.skill}`;

/** Those who wait for the same agents, and these agents. Everything here changes in O(log n). */
export type Line = LineKey & {
  readonly name: string;
  readonly bestProficiency: boolean;
  /** Whom anybody here may be offered to, in their order (ROUTE-1). */
  readonly plain: Sorted<Waiting>;
  /** Rejected by somebody a moment ago (OFFER-6); few, so they are looked at one by one. */
  readonly picky: Sorted<Waiting>;
  /** What each agent who serves this line brings. */
  readonly fitness: Map<AgentId, number>;
  readonly available: Sorted<Candidate>;
  readonly candidates: Map<AgentId, Candidate>;
  /** Routable ones, busy ones included (OFFER-6's "nobody else is left"). */
  readonly ready: Set<AgentId>;
  readonly placed: Map<AgentId, Availability>;
  readonly counts: Map<Availability, number>;
};

export const newLine = (key: LineKey, bestProficiency: boolean): Line => ({
  ...key,
  name: lineName(key),
  bestProficiency,
  plain: sorted(compareWaiting),
  picky: sorted(compareWaiting),
  fitness: new Map(),
  available: sorted(compareCandidates(bestProficiency)),
  candidates: new Map(),
  ready: new Set(),
  placed: new Map(),
  counts: new Map(),
});

export const isEmpty = (line: Line): boolean => line.plain.isEmpty && line.picky.isEmpty;

/** The agent stands so now. Says whether that may let somebody go whom it didn't before. */
export function placeAgent(line: Line, candidate: Candidate, stands: Availability): boolean {
  const { agent } = candidate;
  const before = line.placed.get(agent);
  const old = line.candidates.get(agent);
  if (before === stands && isSame(old, stands === 'available' ? candidate : undefined))
    return false;
  if (old !== undefined) line.available.delete(old);
  line.candidates.delete(agent);
  if (before !== undefined) line.counts.set(before, (line.counts.get(before) ?? 1) - 1);
  line.counts.set(stands, (line.counts.get(stands) ?? 0) + 1);
  line.placed.set(agent, stands);
  const wasReady = line.ready.has(agent);
  const isReady =
    stands === 'available' ||
    stands === 'ringing' ||
    stands === 'no-room' ||
    stands === 'on-a-call';
  if (isReady) line.ready.add(agent);
  else line.ready.delete(agent);
  if (stands !== 'available') return wasReady && !isReady;
  line.available.set(candidate, true);
  line.candidates.set(agent, candidate);
  return true;
}

const isSame = (one: Candidate | undefined, two: Candidate | undefined): boolean =>
  one?.load === two?.load && one?.lastAcceptedAt === two?.lastAcceptedAt;
