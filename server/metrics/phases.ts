import type { InteractionState } from '../interactions/state.ts';

/** Where an open interaction stands, as operators count them. */
export const phases = ['with-bot', 'waiting', 'offered', 'active', 'parked', 'wrapping'] as const;
export type Phase = (typeof phases)[number];

/** Null: it is done. */
export function phaseOf({ status }: InteractionState): Phase | null {
  switch (status.name) {
    case 'queued':
      return 'waiting';
    case 'done':
      return null;
    default:
      return status.name;
  }
}

/** How many interactions of each queue are in each phase; counted as they move, never by looking at all. */
export function createPhaseCounts() {
  const queues = new Map<string, Record<Phase, number>>();

  return {
    move(queue: string, by: 1 | -1, phase: Phase): void {
      const counts = queues.get(queue) ?? none();
      counts[phase] += by;
      queues.set(queue, counts);
    },
    entries: (): Iterable<[string, Readonly<Record<Phase, number>>]> => queues.entries(),
  };
}

const none = (): Record<Phase, number> => ({
  'with-bot': 0,
  waiting: 0,
  offered: 0,
  active: 0,
  parked: 0,
  wrapping: 0,
});
