import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { InteractionState } from './state.ts';

/** A stored state in today's shape: snapshots of the first event version know nothing of these. */
export function liftInteraction(stored: unknown): InteractionState {
  const state = stored as InteractionState;
  const { enqueuedAt } = state;
  return {
    ...{ tags: [], placedAt: null, preferredUntil: null, entered: { seq: 0, at: enqueuedAt } },
    ...{ target: null, members: [], requests: [], ownWrapUps: [] },
    ...{ site: null, transcripts: [] },
    ...state,
  };
}

/** It is over, but its snapshot doesn't say when (END-9 counts from then): its events do. */
export function lacksEnd(stored: unknown): boolean {
  const { status } = stored as InteractionState;
  return status.name === 'done' && status.at === undefined;
}

/** With the end that the last of its events tells of; without one it was over long ago. */
export function withEnd(
  stored: unknown,
  events: readonly { readonly at: number; readonly body: { readonly type: string } }[],
): unknown {
  const state = stored as InteractionState;
  const last = events.findLast(({ body }) => isEnd(body as InteractionEvent));
  const body = last?.body as InteractionEvent | undefined;
  const by = body?.type === 'marked-done' ? body.by : 'customer';
  return { ...state, status: { by, at: last?.at ?? 0, ...state.status } };
}

const isEnd = ({ type }: InteractionEvent): boolean =>
  type === 'marked-done' || type === 'abandoned';
