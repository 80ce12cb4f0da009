import { limits } from '../../protocol/limits.ts';
import type { DeskClock } from '../clock.ts';

export type Pulse = {
  /** Something was heard. */
  readonly heard: () => void;
  readonly stop: () => void;
};

/**
 * A heartbeat every 10 s, and `silent` once when nothing was heard for 25 s (STATE-8). It is the
 * only thing that happens on an idle desk, and often enough that Chrome, which stops a worker
 * after 30 s, lets it live.
 */
export function startPulse(clock: DeskClock, beat: () => void, silent: () => void): Pulse {
  let heardAt = clock.now();
  let beatAt = heardAt + limits.agentHeartbeatMs;
  let cancel = arm();

  function arm(): () => void {
    return clock.at(Math.min(beatAt, heardAt + limits.agentSilenceMs), tick);
  }

  function tick(): void {
    if (clock.now() - heardAt >= limits.agentSilenceMs) {
      silent();
      return;
    }
    if (clock.now() >= beatAt) {
      beatAt = clock.now() + limits.agentHeartbeatMs;
      beat();
    }
    cancel = arm();
  }

  return {
    heard() {
      heardAt = clock.now();
    },
    stop: () => cancel(),
  };
}
