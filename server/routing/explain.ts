import type { AgentId } from '../../protocol/ids.ts';
import type { Verdict } from '../../protocol/questions.ts';
import type { Availability } from './candidate.ts';
import type { Waiting } from './waiting.ts';

/** Why this agent gets a waiting interaction or doesn't (ROUTE-8). `stands` null: lacks the skill or the team. */
export function verdictOn(
  waiting: Waiting,
  agent: AgentId,
  view: { readonly hasChannel: boolean; readonly stands: Availability | null },
  keptFor: AgentId | null,
  now: number,
): Verdict {
  if (!view.hasChannel) return 'channel';
  if (view.stands === null) return 'skills';
  if (view.stands !== 'available') return view.stands;
  if (keptFor !== null && keptFor !== agent) return 'kept-for-another';
  return waiting.skipped.some((one) => one.agent === agent && one.until > now)
    ? 'skipped'
    : 'available';
}

/** The nearest to getting it first. */
const order = {
  available: 0,
  'kept-for-another': 1,
  skipped: 2,
  ringing: 3,
  'no-room': 4,
  'on-a-call': 5,
  'cannot-show': 6,
  'not-ready': 7,
  'do-not-disturb': 8,
  unreachable: 9,
  'signed-out': 10,
  skills: 11,
  channel: 12,
} as const satisfies Record<Verdict, number>;

export const compareVerdicts = (one: Verdict, two: Verdict): number => order[one] - order[two];
