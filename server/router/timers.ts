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
