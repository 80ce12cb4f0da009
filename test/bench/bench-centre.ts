import type { AgentId, QueueId } from '../../protocol/ids.ts';
import { PAIRS_PER_AGENT } from './subject.ts';

/**
 * One queue, one site, and as many agents as are asked for, each with room for twelve; beside
 * them one agent with a queue of their own, for whoever sits before a real panel.
 */
export function benchCentre(agents: number, pages: readonly string[]) {
  return {
    name: 'Benchmark',
    agents: [
      panelAgent,
      ...Array.from({ length: agents }, (_, index) => ({
        id: agentId(index),
        name: `Agent ${index}`,
        email: `${agentId(index)}@bench.example`,
        skills: {},
        limits: { chat: PAIRS_PER_AGENT },
      })),
    ],
    queues: [
      { id: QUEUE, name: 'Everything', wrapUpSeconds: 0 },
      { id: 'panel', name: PANEL_QUEUE, skills: [{ skill: 'panel' }] },
    ],
    sites: [{ id: SITE, name: 'Benchmark', origins: ['self', ...pages] }],
    /** Setting up takes no longer than it must. */
    settings: { ringsAtOnce: PAIRS_PER_AGENT },
  };
}

export const QUEUE = 'everything' as QueueId;
export const SITE = 'bench';
export const agentId = (index: number): AgentId => `agent-${index}` as AgentId;

export const PANEL_QUEUE = 'Panel';
export const panelAgent = {
  id: 'panel' as AgentId,
  name: 'Maya',
  email: 'maya@bench.example',
  role: 'agent',
  skills: { panel: 5 },
} as const;
