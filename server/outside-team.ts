import type { AgentId } from '../protocol/ids.ts';
import type { TransferTarget } from '../protocol/interaction-events.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { Context } from './decision.ts';

/**
 * STATE-12: without the ability `transfer-outside-team` ownership moves to a colleague who shares a
 * team, or to an own team. A queue is served, and a skill had, by whoever may. Null: yes.
 */
export function refusesTarget(
  owner: AgentId,
  to: TransferTarget,
  { agent, person }: Pick<Context, 'agent' | 'person'>,
): RefusalName | null {
  const { abilities, teams } = agent(owner);
  if (abilities.includes('transfer-outside-team')) return null;
  switch (to.kind) {
    case 'agent':
      if (person(to.agent) === null) return 'unknown-agent';
      return agent(to.agent).teams.some((team) => teams.includes(team)) ? null : 'outside-team';
    case 'team':
      return teams.includes(to.team) ? null : 'outside-team';
    case 'queue':
    case 'skill':
      return 'outside-team';
    default:
      return to satisfies never;
  }
}
