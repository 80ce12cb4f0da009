import type { InteractionId } from '../protocol/ids.ts';

/**
 * What panels tell the background. The truth is on the disk; a lost nudge costs time, never data.
 *
 * - `disk`: rows were written (outbox, read marks, session)
 * - `typing`: the agent is writing; live only
 */
export type Nudge =
  | { readonly type: 'disk' }
  | { readonly type: 'typing'; readonly interaction: InteractionId };

export function isNudge(value: unknown): value is Nudge {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return (
    value.type === 'disk' ||
    (value.type === 'typing' && 'interaction' in value && typeof value.interaction === 'string')
  );
}
