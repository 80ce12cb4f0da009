import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { browser } from 'wxt/browser';
import { until } from './until.ts';

/** In the extension's own contexts. */
declare const chrome: typeof browser;

/**
 * The side panels of one browser. A panel is attached only to clients that connect after it was
 * opened, so each has a connection of its own to the browser's debugging port.
 */
export function createPanels(context: BrowserContext, endpoint: string, extension: string) {
  const url = `chrome-extension://${extension}/sidepanel.html`;
  const connections = new Map<Page, Browser>();

  async function open(beside: Page): Promise<Page> {
    const window = await windowOf(context, beside);
    await ask((browser) => clickIcon(browser, extension, window));
    return until('a side panel', () => attach(window));
  }

  async function attach(window: number): Promise<Page | null> {
    const connection = await chromium.connectOverCDP(endpoint);
    for (const page of connection.contexts().flatMap((one) => one.pages())) {
      if (!page.url().startsWith(url) || (await windowOfPanel(page)) !== window) continue;
      connections.set(page, connection);
      return page;
    }
    await connection.close();
    return null;
  }

  async function ask<T>(what: (browser: Browser) => Promise<T>): Promise<T> {
    const connection = await chromium.connectOverCDP(endpoint);
    try {
      return await what(connection);
    } finally {
      await connection.close();
    }
  }

  return {
    open,

    async close(panel: Page): Promise<void> {
      await panel.close();
      await connections.get(panel)?.close();
      connections.delete(panel);
    },

    /** The browser's main process. */
    browserProcess: (): Promise<number> =>
      ask(async (browser) => {
        const cdp = await browser.newBrowserCDPSession();
        const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
        const main = processInfo.find(({ type }) => type === 'browser');
        if (main === undefined) throw new Error('the browser names no process');
        return main.id;
      }),

    async disconnect(): Promise<void> {
      await Promise.all([...connections.values()].map((one) => one.close().catch(() => {})));
      connections.clear();
    },
  };
}

async function windowOf(context: BrowserContext, page: Page): Promise<number> {
  const cdp = await context.newCDPSession(page);
  const { windowId } = await cdp.send('Browser.getWindowForTarget');
  await cdp.detach();
  return windowId;
}

const windowOfPanel = (panel: Page): Promise<number | undefined> =>
  panel.evaluate(async () => (await chrome.windows.getCurrent()).id);

async function clickIcon(browser: Browser, extension: string, window: number): Promise<void> {
  const cdp = await browser.newBrowserCDPSession();
  const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  for (const { targetId, url } of targetInfos) {
    if (url.startsWith('chrome-extension:')) continue;
    const { windowId } = await cdp.send('Browser.getWindowForTarget', { targetId });
    if (windowId !== window) continue;
    // Playwright's types don't know this command yet.
    const trigger = { id: extension, targetId } as never;
    await cdp.send('Extensions.triggerAction' as never, trigger);
    return;
  }
  throw new Error('no tab to open the panel beside');
}
