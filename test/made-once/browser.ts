import { chromium } from 'playwright-core';
import { findBrowser } from '../e2e/find-browser.ts';
import type { Made } from './made-once.ts';

/** A Chromium that many can connect to, each to contexts of their own. */
export async function makeBrowser(): Promise<Made> {
  const server = await chromium.launchServer({
    executablePath: await findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return { address: server.wsEndpoint(), end: () => server.close() };
}
