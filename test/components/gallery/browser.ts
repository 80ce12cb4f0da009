import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Scene } from './scenes.ts';

export type GalleryOptions = Pick<BrowserContextOptions, 'colorScheme' | 'reducedMotion'> & {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'en' | 'de';
  /** The test moves the time (`page.clock`). */
  readonly clock?: boolean;
};

/** A real browser that shows the gallery's scenes. */
export type Gallery = {
  readonly show: (scene: Scene, options?: GalleryOptions) => Promise<Page>;
  /** The same page with another scene. */
  readonly visit: (page: Page, scene: Scene) => Promise<void>;
  /** Leaves the browser to others. */
  readonly close: () => Promise<void>;
};

/** `endpoint`: a browser's; `origin`: where the gallery is served. */
export async function openGallery(endpoint: string, origin: string): Promise<Gallery> {
  const browser: Browser = await chromium.connect(endpoint);
  async function visit(page: Page, scene: Scene): Promise<void> {
    await page.goto(`${origin}/gallery.html?scene=${scene}`);
    await page.waitForFunction(() => 'fixture' in globalThis);
  }
  return {
    async show(scene, { width = 380, height = 640, language = 'en', clock, ...rest } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language === 'en' ? 'en-GB' : 'de-DE',
        timezoneId: 'UTC',
        reducedMotion: 'reduce',
        ...rest,
      });
      const page = await context.newPage();
      if (clock) await page.clock.install();
      await visit(page, scene);
      return page;
    },
    visit,
    close: () => browser.close(),
  };
}
