import type { Clock } from '../clock.ts';

/** Tells every desk that the set-up has changed. */
export type SetUpNews = {
  /** Hears of it. Returns a function that ends it. */
  readonly listen: (hear: () => void) => () => void;
  readonly close: () => void;
};

/** One turn of the event loop tells so many; the largest card takes half a millisecond. */
const TOLD_PER_TURN = 15;

export function createSetUpNews(
  onChange: (hear: () => void) => () => void,
  clock: Pick<Clock, 'soon'>,
): SetUpNews {
  const hearers = new Set<() => void>();
  /** Who hasn't heard of the newest change yet. */
  let left: (() => void)[] = [];

  function some(): void {
    for (const hear of left.splice(0, TOLD_PER_TURN)) if (hearers.has(hear)) hear();
    if (left.length > 0) clock.soon(some);
  }

  const close = onChange(() => {
    const idle = left.length === 0;
    left = [...hearers];
    if (idle && left.length > 0) clock.soon(some);
  });

  return {
    listen(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    close() {
      left = [];
      close();
    },
  };
}
