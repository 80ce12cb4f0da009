import type { InteractionState } from './state.ts';

/** Snapshots of the first event version know nothing of tags and of work items. */
export const liftInteraction = (stored: unknown): InteractionState => ({
  ...{ tags: [], placedAt: null },
  ...(stored as InteractionState),
});
