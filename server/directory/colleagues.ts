import type { AgentId } from '../../protocol/ids.ts';
import { channels } from '../../protocol/parts.ts';
import { type AgentState, isRoutable, newAgent } from '../agents/state.ts';
import type { DirectorySetUp } from './entries.ts';

/** How many of a team, or with a skill, are here. */
export type Crowd = { signedIn: number; ready: number };

type Standing = 'away' | 'here' | 'ready';

/**
 * Who is here. One change of one agent costs as much as the agent has teams and skills, however
 * many agents there are.
 */
export function createColleagues(setUp: () => DirectorySetUp, touched: (key: string) => void) {
  const states = new Map<AgentId, AgentState>();
  let crowds = new Map<string, Crowd>();
  let crowdsOf = new Map<AgentId, readonly string[]>();
  setUpChanged();

  function count(agent: AgentId, standing: Standing, by: 1 | -1): void {
    if (standing === 'away') return;
    for (const key of crowdsOf.get(agent) ?? []) {
      const crowd = crowds.get(key) ?? { signedIn: 0, ready: 0 };
      crowds.set(key, crowd);
      crowd.signedIn += by;
      if (standing === 'ready') crowd.ready += by;
      touched(key);
    }
  }

  function setUpChanged(): void {
    const { agents } = setUp();
    crowds = new Map();
    crowdsOf = new Map(
      agents.map(({ id, teams, skills }) => [
        id,
        [
          ...teams.map((team) => `team ${team}`),
          ...Object.keys(skills).map((one) => `skill ${one}`),
        ],
      ]),
    );
    for (const [agent, state] of states) count(agent, standingOf(state), 1);
  }

  return {
    setUpChanged,
    state: (agent: AgentId): AgentState => states.get(agent) ?? newAgent(agent),
    crowd: (key: string): Readonly<Crowd> => crowds.get(key) ?? nobody,
    changed(state: AgentState): void {
      const before = states.get(state.agent);
      states.set(state.agent, state);
      touched(`agent ${state.agent}`);
      const was = before === undefined ? 'away' : standingOf(before);
      const is = standingOf(state);
      if (was === is) return;
      count(state.agent, was, -1);
      count(state.agent, is, 1);
    },
  };
}

const nobody: Crowd = { signedIn: 0, ready: 0 };

/** HAND-2: who can be asked needn't be ready. */
export const isHere = ({ desk, reach }: AgentState): boolean => desk !== null && reach.reachable;

function standingOf(state: AgentState): Standing {
  if (!isHere(state)) return 'away';
  return channels.some((channel) => isRoutable(state, channel)) ? 'ready' : 'here';
}
