import type { Clock } from '../clock.ts';

/** A clock whose timers and turns all end with its room: after `close` nothing of it fires or holds the process. */
export function closable(clock: Clock): Clock & { readonly close: () => void } {
  const armed = new Set<() => void>();
  let closed = false;

  const at: Clock['at'] = (time, what) => {
    if (closed) return () => {};
    const cancel = clock.at(time, () => {
      armed.delete(cancel);
      if (!closed) what();
    });
    armed.add(cancel);
    return () => {
      armed.delete(cancel);
      cancel();
    };
  };
  return {
    now: clock.now,
    at,
    soon: (what) =>
      clock.soon(() => {
        if (!closed) what();
      }),
    close: () => {
      closed = true;
      for (const cancel of armed) cancel();
      armed.clear();
    },
  };
}

/** A longer silence of the event loop means that nobody could be heard meanwhile. */
const STALL_MS = 1_000;
const PULSE_MS = 250;

/** Looks again and again whether time has jumped, as long as the clock runs. */
export function onStall(clock: Clock, wake: () => void): void {
  const expected = clock.now() + PULSE_MS;
  clock.at(expected, () => {
    if (clock.now() - expected > STALL_MS) wake();
    onStall(clock, wake);
  });
}
