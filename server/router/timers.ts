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

/**
 * Looks again and again whether time has jumped, once started. Whatever may find out first, such
 * as a deadline that was due meanwhile, has it looked at before it acts.
 */
export function watchStalls(
  clock: Clock,
  wake: () => void,
): { readonly start: () => void; readonly look: () => void } {
  let expected = Number.POSITIVE_INFINITY;

  function look(): void {
    const stalled = clock.now() - expected > STALL_MS;
    if (stalled) expected = clock.now();
    if (stalled) wake();
  }

  function pulse(): void {
    look();
    expected = clock.now() + PULSE_MS;
    clock.at(expected, pulse);
  }
  return { start: pulse, look };
}
