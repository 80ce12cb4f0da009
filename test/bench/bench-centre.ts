import type { AgentId, QueueId } from '../../protocol/ids.ts';
import { PAIRS_PER_AGENT } from './subject.ts';

/** One queue, one site, and as many agents as are asked for, each with room for twelve. */
export function benchCentre(agents: number) {
  return {
    name: 'Benchmark',
    agents: Array.from({ length: agents }, (_, index) => ({
      id: agentId(index),
      name: `Agent ${index}`,
      email: `${agentId(index)}@bench.example`,
      skills: {},
      limits: { chat: PAIRS_PER_AGENT },
    })),
    queues: [{ id: QUEUE, name: 'Everything', wrapUpSeconds: 0 }],
    sites: [{ id: SITE, name: 'Benchmark', origins: ['self'] }],
    /** Setting up takes no longer than it must. */
    settings: { ringsAtOnce: PAIRS_PER_AGENT },
  };
}

export const QUEUE = 'everything' as QueueId;
export const SITE = 'bench';
export const agentId = (index: number): AgentId => `agent-${index}` as AgentId;
