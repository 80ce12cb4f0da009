import type { AgentId } from '../../protocol/ids.ts';
import { fact, type Outcome } from './facts.ts';
import type { InteractionState } from './state.ts';

/** ROUTE-9: what waits is taken without an offer; of two who pick it one wins. */
export function pick(state: InteractionState, agent: AgentId, name: string): Outcome {
  const { status } = state;
  if (status.name === 'queued')
    return [fact({ type: 'accepted', offer: null, agent, name, epoch: state.epoch + 1 })];
  if (status.name === 'active' || status.name === 'wrapping')
    return status.owner === agent ? [] : 'taken';
  return 'not-waiting';
}
