import { type BrowserContext, chromium } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/**
 * Not needed here, and costs a third of a start. It takes the place of Playwright's list, which
 * also unites the storage of all sites that show a chat: here it is parted, as in people's browsers.
 */
const without = [
  'AimEnabled',
  'CDPScreenshotNewSurface',
  'DestroyProfileOnBrowserClose',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreloadTopChromeWebUI',
  'Translate',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
];

/** What every Chromium of ours is started with. */
export const quiet = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  `--disable-features=${without.join(',')}`,
];

/** Playwright's own idea of headless, silence and extensions isn't ours. */
const ignoreDefaultArgs = ['--disable-extensions', '--headless', '--mute-audio'];

/** A Chromium on a profile that stays after it, with `args` added to ours. */
export async function launchOn(profile: string, args: readonly string[]): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    viewport: null,
    args: [...quiet, ...args],
    ignoreDefaultArgs,
  });
}

/** The switches that load these unpacked extensions and no other. */
export function loading(...folders: readonly string[]): readonly string[] {
  const list = folders.join(',');
  return [`--load-extension=${list}`, `--disable-extensions-except=${list}`];
}

/** A Chromium for customers: no extension, each of them in a context of their own. */
export async function launchForCustomers() {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: quiet,
    ignoreDefaultArgs: ['--headless', '--mute-audio'],
  });
}
