import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import type { AgentPolicy } from '../agents/policy.ts';
import type { AgentState } from '../agents/state.ts';
import type { Opening } from '../centre/opening-hours.ts';
import type { Clock } from '../clock.ts';
import type { Availability } from '../routing/candidate.ts';
import { fitness, proficiencyIn, qualifies, type Step } from '../routing/steps.ts';
import type { Target } from '../routing/waiting.ts';
import { isEmpty, type Line, type LineKey, lineName, newLine, placeAgent } from './line.ts';
import { TURN_MS } from './slices.ts';
import { type Asked, isRoutableAnywhere, standingOn } from './standing.ts';

/** What the set-up says of agents and queues, as far as routing needs it. */
export type RoutingSetup = {
  readonly queue: (
    id: QueueId,
  ) => { readonly bestProficiency: boolean; readonly steps: readonly Step[] } | null;
  readonly queues: () => readonly QueueId[];
  readonly agents: () => readonly AgentId[];
  readonly name: (agent: AgentId) => string;
  readonly skills: (agent: AgentId) => Readonly<Record<string, number>>;
  readonly teams: (agent: AgentId) => readonly string[];
  readonly limits: (agent: AgentId) => Pick<AgentPolicy, 'limits' | 'ringsAtOnce' | 'voiceBlocks'>;
  readonly opening: (queue: QueueId, at: number) => Opening;
};

type Known = { readonly state: AgentState; readonly asked: Asked };
type Standing = ReturnType<typeof standingOn>;

/** At most so many agents are put into a new line in one turn of the event loop. */
const PER_TURN = 200;

/**
 * Agents by the lines they serve. One change of one agent costs O(log n) in each of them. A line
 * comes into being when somebody first waits in it, and is filled in slices.
 */
export function createAgentsIndex(
  setup: RoutingSetup,
  clock: Pick<Clock, 'now' | 'soon'>,
  /** Somebody in this line may go now. */
  look: (line: Line) => void,
) {
  const lines = new Map<string, Line>();
  const known = new Map<AgentId, Known>();
  const serves = new Map<AgentId, Line[]>();
  const filling: { readonly line: Line; readonly agents: Iterator<AgentId> }[] = [];
  /** ROUTE-5: back, and none accepted since; with when they last did. */
  const returning = new Map<AgentId, number>();
  /** Who of the set-up could ever satisfy it; asked once per line. */
  const ever = new Map<string, boolean>();

  const isReturning = (agent: AgentId) => returning.has(agent);

  function fitnessIn(agent: AgentId, { queue, channel, step, target }: LineKey): number | null {
    if (setup.limits(agent).limits[channel] === 0) return null;
    if (target !== null) return fitsTarget(agent, target);
    return fitness(setup.queue(queue)?.steps ?? [], step, setup.skills(agent));
  }

  /** Asked of everybody at once: it makes nothing. */
  function canServe(agent: AgentId, { queue, channel, step, target }: LineKey): boolean {
    if (setup.limits(agent).limits[channel] === 0) return false;
    if (target !== null) return fitsTarget(agent, target) !== null;
    return qualifies(setup.queue(queue)?.steps ?? [], step, setup.skills(agent));
  }

  function fitsTarget(agent: AgentId, target: NonNullable<Target>): number | null {
    if (target.kind === 'team') return setup.teams(agent).includes(target.team) ? 0 : null;
    const proficiency = proficiencyIn(setup.skills(agent), target.skill);
    return proficiency > 0 ? proficiency : null;
  }

  function line(key: LineKey): Line {
    const name = lineName(key);
    let found = lines.get(name);
    if (found === undefined) {
      found = newLine(key, setup.queue(key.queue)?.bestProficiency ?? false);
      lines.set(name, found);
      filling.push({ line: found, agents: known.keys() });
      if (filling.length === 1) fill();
    }
    return found;
  }

  /** One line after the other, however many came at once. */
  function fill(): void {
    const until = clock.now() + TURN_MS;
    for (let n = 0; n < PER_TURN && clock.now() < until; n++) {
      const first = filling[0];
      if (first === undefined) return;
      const { line, agents } = first;
      const next = agents.next();
      if (next.done || lines.get(line.name) !== line) filling.shift();
      else if (join(next.value, line)) enter(next.value, line);
    }
    if (filling.length > 0) clock.soon(fill);
  }

  /** Does the agent serve this line? From now on changes of them come to it. */
  function join(agent: AgentId, line: Line): boolean {
    const fits = fitnessIn(agent, line);
    const mine = serves.get(agent);
    if (fits === null || mine === undefined || mine.includes(line)) return false;
    line.fitness.set(agent, fits);
    mine.push(line);
    return true;
  }

  function enter(agent: AgentId, line: Line): void {
    const one = known.get(agent);
    if (one !== undefined && put(one, line, standingIn(one, line.channel))) look(line);
  }

  function put({ state }: Known, line: Line, { stands, load }: Standing): boolean {
    const { agent, lastAcceptedAt } = state;
    const proficiency = line.fitness.get(agent) ?? 0;
    return placeAgent(line, { agent, proficiency, load, lastAcceptedAt }, stands);
  }

  function standingIn({ state, asked }: Known, channel: Channel): Standing {
    const { agent } = state;
    return standingOn(channel, state, setup.limits(agent), asked, isReturning(agent));
  }

  function noteReturn(before: AgentState | null, state: AgentState): void {
    const { agent, lastAcceptedAt } = state;
    if (!isRoutableAnywhere(state)) return;
    if (before === null || !isRoutableAnywhere(before)) returning.set(agent, lastAcceptedAt);
    else if ((returning.get(agent) ?? lastAcceptedAt) < lastAcceptedAt) returning.delete(agent);
  }

  return {
    line,
    find: (name: string): Line | undefined => lines.get(name),
    size: () => known.size,
    /** Takes the agent's newest state. */
    place(state: AgentState, asked: Asked): void {
      const { agent } = state;
      noteReturn(known.get(agent)?.state ?? null, state);
      const one = { state, asked };
      known.set(agent, one);
      let mine = serves.get(agent);
      if (mine === undefined) {
        mine = [];
        serves.set(agent, mine);
        for (const line of lines.values()) join(agent, line);
      }
      /** Most serve several lines of one channel. */
      let channel: Channel | null = null;
      let standing: Standing | null = null;
      for (const line of mine) {
        if (standing === null || channel !== line.channel) {
          channel = line.channel;
          standing = standingIn(one, channel);
        }
        if (put(one, line, standing) && !isEmpty(line)) look(line);
      }
    },
    /** Null: doesn't serve it, or was never heard of. */
    standing(agent: AgentId, key: LineKey): Availability | null {
      const one = known.get(agent);
      return one === undefined || !canServe(agent, key)
        ? null
        : standingIn(one, key.channel).stands;
    },
    fitnessIn,
    /** ROUTE-2: is there anybody in the set-up who could ever be asked here, signed in or not? */
    canEver(key: LineKey): boolean {
      const name = lineName(key);
      let can = ever.get(name);
      if (can === undefined) {
        can = setup.agents().some((agent) => canServe(agent, key));
        ever.set(name, can);
      }
      return can;
    },
    /** ROUTE-6: is anybody signed in who serves this line? */
    isStaffed: (key: LineKey): boolean => {
      const { placed, counts } = line(key);
      return placed.size > (counts.get('signed-out') ?? 0);
    },
    /** The set-up has changed: every line is made anew. The waiting ones must be placed again. */
    reload(): void {
      lines.clear();
      ever.clear();
      for (const agent of known.keys()) serves.set(agent, []);
    },
  };
}

export type AgentsIndex = ReturnType<typeof createAgentsIndex>;
