import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a measured process says of itself. */
export type ProcessFigures = {
  /** All threads, user and system, since the last request. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Main thread, since the last request; the histogram's resolution is taken off. */
  readonly blockMsMax: number;
  readonly blockMsP99: number;
  /**
   * Share of the time since the last request that the main thread could have run and had no core:
   * the machine, not the program, held it up. Null where the system doesn't say.
   */
  readonly waited: number | null;
};

export type ToMeasured =
  | { readonly type: 'figures'; readonly collect: boolean }
  | { readonly type: 'stop' };
export type FromMeasured =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'failed'; readonly why: string }
  | { readonly type: 'figures'; readonly figures: ProcessFigures };

const RESOLUTION_MS = 1;

/**
 * Answers every `figures` message of the parent with this process's figures since the one before;
 * with `collect` the garbage is collected first, so that memory shows what is held. Ends with the
 * parent, and on `stop` after `close`, in a way that lets profiles be written.
 */
export function reportOnRequest(close: () => Promise<void> = async () => {}): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let cpu = process.cpuUsage();
  let run = waitedMs();
  let since = performance.now();
  process.on('message', (message: ToMeasured) => {
    if (message.type === 'stop') {
      void close().finally(() => process.exit(0));
      return;
    }
    if (message.collect) collect();
    const used = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    const now = { run: waitedMs(), at: performance.now() };
    const figures: ProcessFigures = {
      cpuSeconds: (used.user + used.system) / 1e6,
      rssBytes: process.memoryUsage.rss(),
      blockMsMax: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      blockMsP99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
      waited: now.run === null || run === null ? null : (now.run - run) / (now.at - since),
    };
    run = now.run;
    since = now.at;
    delay.reset();
    tellParent({ type: 'figures', figures });
  });
  process.on('disconnect', () => process.exit(0));
}

export function tellParent(message: FromMeasured): void {
  process.send?.(message);
}

/** Milliseconds that the main thread stood in Linux's run queue; see `schedstat` in proc(5). */
function waitedMs(): number | null {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return null;
  }
}

/** Twice: what finalizers let go is only freed by the second. */
function collect(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}
