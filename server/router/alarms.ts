import type { Clock } from '../clock.ts';
import { partedMap } from './parted-map.ts';
import { TURN_MS } from './slices.ts';
import { sorted } from './sorted.ts';

/** At most so many ring in one turn of the event loop: nothing blocks it for long. */
const PER_TURN = 200;

/** At most one alarm for each id, with one timer for all; setting it replaces the older one. O(log n). */
export function createAlarms<Id extends string>(clock: Clock, ring: (id: Id) => void) {
  type Alarm = { readonly at: number; readonly id: Id };
  const order = sorted<Alarm>(
    (one, two) => one.at - two.at || (one.id < two.id ? -1 : one.id > two.id ? 1 : 0),
  );
  const byId = partedMap<Id, Alarm>();
  let timer: { readonly at: number; readonly cancel: () => void } | null = null;

  function arm(): void {
    const next = order.minKey();
    if (next?.at === timer?.at) return;
    timer?.cancel();
    timer = next === undefined ? null : { at: next.at, cancel: clock.at(next.at, fire) };
  }

  function fire(): void {
    timer = null;
    const until = clock.now() + TURN_MS;
    for (let n = 0; n < PER_TURN; n++) {
      const next = order.minKey();
      const now = clock.now();
      if (next === undefined || next.at > now || now >= until) break;
      order.delete(next);
      byId.delete(next.id);
      ring(next.id);
    }
    arm();
  }

  return {
    /** Null: none. */
    set(id: Id, at: number | null): void {
      const old = byId.get(id);
      if (old?.at === at) return;
      if (old !== undefined) {
        order.delete(old);
        byId.delete(id);
      }
      if (at !== null) {
        const alarm = { at, id };
        order.set(alarm, true);
        byId.set(id, alarm);
      }
      arm();
    },
    size: () => order.size,
  };
}
