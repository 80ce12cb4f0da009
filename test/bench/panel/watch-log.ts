import type { Frame, Page } from 'playwright-core';

/** A page, or a frame in one, whose log is watched. */
export type Watching = Page | Frame;

type Watched = typeof globalThis & {
  benchArrived: Record<number, number>;
  benchSent: Record<number, number>;
};

/**
 * Runs in the page: notes when each text `bench-N …` stands in the log, and when Enter was pressed
 * on one, on the clock that all pages of a machine share.
 */
export function watchLog(): void {
  const watched = globalThis as Watched;
  watched.benchArrived = {};
  watched.benchSent = {};
  const now = () => performance.timeOrigin + performance.now();
  const numberIn = (text: string) => /bench-(\d+) /.exec(text)?.[1];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element?.closest('[role="log"]') === null) continue;
      for (const node of addedNodes) {
        const id = Number(numberIn(node.textContent ?? ''));
        if (!Number.isNaN(id)) watched.benchArrived[id] ??= now();
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
  document.addEventListener(
    'keydown',
    ({ key, target }) => {
      const id = numberIn((target as HTMLTextAreaElement).value ?? '');
      if (key === 'Enter' && id !== undefined) watched.benchSent[Number(id)] = now();
    },
    true,
  );
}

/** Run in the page; milliseconds since 1970, or null. */
export const arrivedAt = (id: number): number | null =>
  (globalThis as Watched).benchArrived[id] ?? null;
export const sentAt = (id: number): number | null => (globalThis as Watched).benchSent[id] ?? null;
