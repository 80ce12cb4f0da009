import type { StreamName } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { partedMap } from './parted-map.ts';
import { TURN_MS } from './slices.ts';
import { sorted } from './sorted.ts';

/** Something to do at a time. `what` says it as data: the same text is the same deadline. */
export type Deadline<T> = { readonly at: number; readonly what: T };

/** So many fire in one turn of the event loop: when many are lost at once, nothing blocks it for long. */
const PER_TURN = 200;

/**
 * Deadlines of all streams with one timer; setting a stream's list replaces its older one. O(log n).
 * `look` is called before any is due: it may set others, or pause them.
 */
export function createDeadlines<T>(
  clock: Clock,
  look: () => void,
  due: (stream: StreamName, what: T) => void,
) {
  type Entry = Deadline<T> & { readonly n: number; readonly stream: StreamName };
  const order = sorted<Entry>((one, two) => one.at - two.at || one.n - two.n);
  const byStream = partedMap<StreamName, Entry[]>();
  let n = 0;
  let timer: { readonly at: number; readonly cancel: () => void } | null = null;

  let pauses = 0;

  function arm(): void {
    const next = pauses > 0 ? undefined : order.minKey();
    if (next === undefined) {
      timer?.cancel();
      timer = null;
    } else if (timer === null || timer.at !== next.at) {
      timer?.cancel();
      timer = { at: next.at, cancel: clock.at(next.at, fire) };
    }
  }

  function fire(): void {
    timer = null;
    look();
    const until = clock.now() + TURN_MS;
    for (let fired = 0; fired < PER_TURN && pauses === 0; fired++) {
      const next = order.minKey();
      const now = clock.now();
      if (next === undefined || next.at > now || now >= until) break;
      order.delete(next);
      const left = (byStream.get(next.stream) ?? []).filter((one) => one !== next);
      if (left.length === 0) byStream.delete(next.stream);
      else byStream.set(next.stream, left);
      due(next.stream, next.what);
    }
    arm();
  }

  return {
    set(stream: StreamName, deadlines: readonly Deadline<T>[]): void {
      const before = byStream.get(stream);
      if (before === undefined && deadlines.length === 0) return;
      for (const old of before ?? []) order.delete(old);
      if (deadlines.length === 0) byStream.delete(stream);
      else {
        const entries = deadlines.map((one) => ({ ...one, n: ++n, stream }));
        for (const entry of entries) order.set(entry, true);
        byStream.set(stream, entries);
      }
      arm();
    },
    /** One more, beside the stream's list. */
    add(stream: StreamName, deadline: Deadline<T>): void {
      const entry = { ...deadline, n: ++n, stream };
      order.set(entry, true);
      byStream.set(stream, [...(byStream.get(stream) ?? []), entry]);
      arm();
    },
    /** None comes until each `pause` has its `resume`. */
    pause(): void {
      pauses++;
      arm();
    },
    resume(): void {
      pauses--;
      arm();
    },
    size: () => order.size,
    /** Streams that have any; for tests. */
    streams: () => byStream.size(),
  };
}
