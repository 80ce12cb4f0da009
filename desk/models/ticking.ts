import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { DeskClock } from '../clock.ts';
import type { ServerTime } from '../disk/rows.ts';
import { serverNow } from '../server-time.ts';

export type Ticking = {
  /** Server time, once a second. */
  readonly now: ReadonlySignal<number>;
  /** To the millisecond; no signal. */
  readonly exactly: () => number;
  readonly close: () => void;
};

export function ticking(clock: DeskClock, time: ReadonlySignal<ServerTime | null>): Ticking {
  const exactly = () => serverNow(time.peek(), clock);
  const now = signal(exactly());
  let cancel = () => {};
  const tick = () => {
    now.value = exactly();
    cancel = clock.at(clock.now() + 1_000, tick);
  };
  tick();
  const unfollow = effect(() => {
    now.value = serverNow(time.value, clock);
  });
  return {
    now,
    exactly,
    close() {
      unfollow();
      cancel();
    },
  };
}
