import type { AgentId } from '../../protocol/ids.ts';
import { fact, type Outcome } from './facts.ts';
import { type InteractionState, memberOf } from './state.ts';

/**
 * HAND-5, HAND-7: between the owner and one colleague who is consulted or listens. The colleague
 * speaks with the owner only; a guest speaks in the open.
 */
export function postSide(
  state: InteractionState,
  author: { readonly agent: AgentId; readonly name: string },
  colleague: AgentId,
  text: string,
): Outcome {
  if (state.status.name !== 'active') return 'not-active';
  const { owner } = state.status;
  if (author.agent !== owner && author.agent !== colleague) return 'not-allowed';
  const role = memberOf(state, colleague)?.role;
  if (role !== 'consultant' && role !== 'monitor') return 'not-inside';
  return [fact({ type: 'side-message-posted', author, owner, with: colleague }, { text })];
}
