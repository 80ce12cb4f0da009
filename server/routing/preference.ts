import type { AgentId } from '../../protocol/ids.ts';
import type { Availability } from './candidate.ts';
import type { Waiting } from './waiting.ts';

/** ROUTE-4: whom this one is kept for now: the preferred agent, while they are routable and have room. */
export function keptFor(
  waiting: Waiting,
  standing: (agent: AgentId) => Availability | null,
  now: number,
): AgentId | null {
  const { preferred, preferredUntil } = waiting;
  if (preferred === null || (preferredUntil !== null && preferredUntil <= now)) return null;
  if (waiting.skipped.some(({ agent, until }) => agent === preferred && until > now)) return null;
  const stands = standing(preferred);
  /** Something else rings there: this is next. */
  return stands === 'available' || stands === 'ringing' ? preferred : null;
}
