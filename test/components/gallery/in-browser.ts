import type { Page } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';
import { madeOnce } from '../../made-once/made-once.ts';
import { type Gallery, type GalleryOptions, openGallery } from './browser.ts';
import type { Scene } from './scenes.ts';

/**
 * For a test file: the real browser that all share, and one page for those of its tests that ask
 * for the same kind of page. Each test begins with a fresh document and empty storage.
 */
export function galleryInBrowser(): (scene: Scene, options?: GalleryOptions) => Promise<Page> {
  let gallery: Gallery | undefined;
  const pages = new Map<string, Page>();
  // A build and a browser's start, on a machine that runs other tests beside it.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
  beforeAll(async () => {
    gallery = await openGallery(await madeOnce('browser'), await madeOnce('gallery'));
  }, 120_000);
  afterAll(() => gallery?.close());
  return async (scene, options = {}) => {
    if (gallery === undefined) throw new Error('Show scenes inside tests.');
    const kind = JSON.stringify(options);
    const page = pages.get(kind);
    if (page === undefined) {
      const opened = await gallery.show(scene, options);
      pages.set(kind, opened);
      return opened;
    }
    await page.evaluate(() => localStorage.clear());
    await gallery.visit(page, scene);
    return page;
  };
}

/** What the panel called on its model, by name. */
export function calls(page: Page, name: string): Promise<unknown[][]> {
  return page.evaluate(
    (wanted) => globalThis.fixture.calls.filter(([called]) => called === wanted),
    name,
  );
}
