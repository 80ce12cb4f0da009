import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../e2e/find-browser.ts';
import { buildGallery } from './build.ts';
import type { Scene } from './scenes.ts';

export type GalleryOptions = Pick<BrowserContextOptions, 'colorScheme' | 'reducedMotion'> & {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'en' | 'de';
  /** The test moves the time (`page.clock`). */
  readonly clock?: boolean;
};

/** A real browser that shows the gallery's scenes, served from memory: no port, no network. */
export type Gallery = {
  readonly show: (scene: Scene, options?: GalleryOptions) => Promise<Page>;
  /** The same page with another scene. */
  readonly visit: (page: Page, scene: Scene) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openGallery(): Promise<Gallery> {
  const [files, browser] = await Promise.all([buildGallery(), launch()]);
  return {
    async show(scene, { width = 380, height = 640, language = 'en', clock, ...rest } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language === 'en' ? 'en-GB' : 'de-DE',
        timezoneId: 'UTC',
        reducedMotion: 'reduce',
        ...rest,
      });
      await context.route(`${origin}/**`, async (route) => {
        const path = new URL(route.request().url()).pathname;
        const body = files.get(path);
        if (body === undefined) return route.fulfill({ status: 404 });
        return route.fulfill({ body: Buffer.from(body), contentType: typeOf(path) });
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

async function visit(page: Page, scene: Scene): Promise<void> {
  await page.goto(`${origin}/gallery.html?scene=${scene}`);
  await page.waitForFunction(() => 'fixture' in globalThis);
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: [
      '--no-sandbox',
      '--headless=new',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Never reached: every request to it is answered from memory. */
const origin = 'http://gallery.test';

function typeOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html';
  if (path.endsWith('.css')) return 'text/css';
  return path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
}
