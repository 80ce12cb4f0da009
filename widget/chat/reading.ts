import type { CustomerFrameUp } from '../../protocol/frames.ts';
import type { Clock } from './connection.ts';
import type { ReadUpTo, WidgetDisk } from './disk.ts';
import type { Talk } from './talk.ts';
import { limits } from './wire.ts';

export type ReadingDeps = {
  readonly disk: WidgetDisk;
  readonly clock: Clock;
  readonly talk: () => Talk | null;
  readonly isLive: () => boolean;
  readonly send: (frame: CustomerFrameUp) => void;
  readonly changed: () => void;
};

/** How far the customer has read: shared by all tabs through the disk, told to the server at most every `marksEveryMs`. */
export function createReading(deps: ReadingDeps) {
  const { disk, clock } = deps;
  let kept: ReadUpTo | null = null;
  /** To this connection, of the current talk. */
  let told: ReadUpTo | null = null;
  let cancel: (() => void) | null = null;

  const seqIn = (read: ReadUpTo | null): number =>
    read !== null && read.interaction === deps.talk()?.interaction ? read.seq : 0;

  /** Only what has come over this connection counts as read on it. */
  function tell() {
    const talk = deps.talk();
    const seq = Math.min(seqIn(kept), talk?.seq ?? 0);
    if (talk === null || cancel !== null || !deps.isLive() || seq <= seqIn(told)) return;
    told = { interaction: talk.interaction, seq };
    deps.send({ type: 'read', ...told });
    cancel = clock.at(clock.now() + limits.marksEveryMs, () => {
      cancel = null;
      tell();
    });
  }

  async function refresh() {
    const found = await disk.readUpTo().catch(() => null);
    if (found === null || (kept?.interaction === found.interaction && kept.seq >= found.seq))
      return;
    kept = found;
    deps.changed();
  }
  const endWatch = disk.onChange(() => void refresh());

  return {
    /** Resolves when the disk was read for the first time. */
    ready: refresh(),
    /** The last seq that was read of the current talk. */
    upTo: (): number => seqIn(kept),
    /** More of the talk has come. */
    tell,
    /** The connection is a new one. */
    tellAgain(): void {
      told = null;
      tell();
    },
    /** Everything that is here has been seen. */
    read(): void {
      const talk = deps.talk();
      if (talk === null || talk.seq <= seqIn(kept)) return;
      kept = { interaction: talk.interaction, seq: talk.seq };
      // A lost one only brings an unread badge back.
      disk.setReadUpTo(kept).catch(() => {});
      tell();
      deps.changed();
    },
    close(): void {
      cancel?.();
      endWatch();
    },
  };
}
