import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { QueueNeeds } from './candidate.ts';

/** ROUTE-2: what is enough from which age on, in that order; the first from 0. */
export type Step = { readonly afterMs: number; readonly skills: QueueNeeds['skills'] };

/**
 * The step that holds at this age, and the age at which the next begins (null: it is the last).
 * Steps whom nobody could ever satisfy are skipped at once.
 */
export function stepAt(
  steps: readonly Step[],
  ageMs: number,
  canEver: (step: number) => boolean,
): { readonly step: number; readonly nextAfterMs: number | null } {
  const last = Math.max(0, steps.length - 1);
  let step = 0;
  while (step < last && ((steps[step + 1]?.afterMs ?? 0) <= ageMs || !canEver(step))) step++;
  return { step, nextAfterMs: steps[step + 1]?.afterMs ?? null };
}

/**
 * What an agent brings to a queue at this step: the sum of their proficiencies in all skills named
 * up to here, or null where they satisfy none of the steps. Later steps only ever widen.
 */
export function fitness(
  steps: readonly Step[],
  step: number,
  skills: Readonly<Record<string, number>>,
): number | null {
  if (!qualifies(steps, step, skills)) return null;
  const so = steps.slice(0, step + 1);
  const named = new Set(so.flatMap((one) => one.skills.map(({ skill }) => skill)));
  let sum = 0;
  for (const skill of named) sum += proficiencyIn(skills, skill);
  return sum;
}

/** Does an agent with these skills satisfy any step up to this one? Asked of everybody: it makes nothing. */
export function qualifies(
  steps: readonly Step[],
  step: number,
  skills: Readonly<Record<string, number>>,
): boolean {
  for (let n = 0; n <= step; n++) {
    const one = steps[n];
    if (one !== undefined && satisfies(one, skills)) return true;
  }
  return false;
}

/** The queues whose work could be offered to this agent, at whatever age. */
export const queuesOf = (agent: AgentId, setUp: QueueSetUp): readonly QueueId[] => {
  const skills = setUp.skills(agent);
  return setUp.queues().filter((id) => {
    const steps = setUp.queue(id)?.steps ?? [];
    return qualifies(steps, steps.length - 1, skills);
  });
};

type QueueSetUp = {
  readonly queues: () => readonly QueueId[];
  readonly queue: (id: QueueId) => { readonly steps: readonly Step[] } | null;
  readonly skills: (agent: AgentId) => Readonly<Record<string, number>>;
};

const satisfies = ({ skills: needed }: Step, skills: Readonly<Record<string, number>>): boolean =>
  needed.every(({ skill, minimum }) => proficiencyIn(skills, skill) >= Math.max(1, minimum));

/** 0: they don't have it. A skill may be called like what every object has. */
export const proficiencyIn = (skills: Readonly<Record<string, number>>, skill: string): number =>
  Object.hasOwn(skills, skill) ? (skills[skill] ?? 0) : 0;
