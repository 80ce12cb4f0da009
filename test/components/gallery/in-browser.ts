import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { type Gallery, type GalleryOptions, openGallery } from './browser.ts';
import type { Scene } from './scenes.ts';

/** For a test file: one real browser for all its tests; what a test opened is closed after it. */
export function galleryInBrowser(): (scene: Scene, options?: GalleryOptions) => Promise<Page> {
  let gallery: Gallery | undefined;
  const opened: Page[] = [];
  // A build and a browser's start, on a machine that runs other tests beside it.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
  beforeAll(async () => {
    gallery = await openGallery();
  }, 120_000);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()));
  });
  afterAll(() => gallery?.close());
  return async (scene, options) => {
    if (gallery === undefined) throw new Error('Show scenes inside tests.');
    const page = await gallery.show(scene, options);
    opened.push(page);
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
