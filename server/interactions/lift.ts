import type { InteractionState } from './state.ts';

/** A stored state in today's shape: snapshots of the first event version know nothing of these. */
export function liftInteraction(stored: unknown): InteractionState {
  const state = stored as InteractionState;
  const { enqueuedAt } = state;
  return {
    ...{ tags: [], placedAt: null, preferredUntil: null, entered: { seq: 0, at: enqueuedAt } },
    ...{ target: null, members: [], requests: [], ownWrapUps: [] },
    ...state,
  };
}
