import type { ChildProcess } from 'node:child_process';

const running = new Map<ChildProcess, NodeJS.Signals>();

// Before others at the exit: nobody writes any more to the folders that they remove.
process.prependListener('exit', () => {
  for (const [child, signal] of running) child.kill(signal);
});

/**
 * The child ends with this process, however that ends (but for kill -9, of which nobody hears).
 * `signal`: `SIGTERM` where the child has children of its own to end.
 */
export function endsWithUs<Child extends ChildProcess>(
  child: Child,
  signal: NodeJS.Signals = 'SIGKILL',
): Child {
  running.set(child, signal);
  for (const end of ['exit', 'error']) child.once(end, () => running.delete(child));
  return child;
}

const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Who interrupts us ends us as an exit does: children end, what was made for us is removed. */
export function exitWhenInterrupted(): void {
  for (const [signal, code] of Object.entries(codes))
    process.once(signal, () => process.exit(code));
}
