import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import type { browser } from 'wxt/browser';
import { extensionFor } from './extension.ts';
import { freePort } from './free-port.ts';
import { launchOn, loading } from './launch.ts';
import { createPanels } from './side-panels.ts';
import { until } from './until.ts';

/** In the extension's own contexts. */
declare const chrome: typeof browser;

/** A real Chromium with the built extension, on a profile of its own. */
export type DeskBrowser = {
  readonly profile: string;
  /** Its first tab. */
  readonly tab: Page;
  /** A tab in a window of its own. */
  readonly openWindow: (url: string) => Promise<Page>;
  /** Clicks the toolbar icon of that tab's window; the real side panel, as a page. */
  readonly openPanel: (beside?: Page) => Promise<Page>;
  readonly closePanel: (panel: Page) => Promise<void>;
  /** What can be noticed while every panel is closed. */
  readonly bell: () => Promise<Bell>;
  /** What the toolbar icon says when the pointer rests on it. */
  readonly tooltip: () => Promise<string>;
  /** Stops the worker as Chrome does when it is idle; resolves when an open panel has started another. */
  readonly stopWorker: () => Promise<void>;
  /** Ends it, if it still runs, and removes what was made for it. */
  readonly close: () => Promise<void>;
  /** kill -9 of the whole browser; the profile stays. */
  readonly kill: () => Promise<void>;
};

export type Bell = {
  /** The text on the toolbar icon. */
  readonly badge: string;
  /** How many notifications of the system stand. */
  readonly notifications: number;
  /** The document that plays the sound is open. */
  readonly sound: boolean;
};

/** `profile`: an older browser's, to go on where it was. */
export async function deskBrowser(profile?: string): Promise<DeskBrowser> {
  const home = profile ?? (await mkdtemp(join(tmpdir(), 'deskside-profile-')));
  const folder = await extensionFor(['http://127.0.0.1/*']);
  const port = await freePort();
  const context = await launchOn(home, [
    '--window-size=1400,900',
    '--enable-unsafe-extension-debugging',
    `--remote-debugging-port=${port}`,
    ...loading(folder),
  ]);
  const worker = await workerOf(context);
  const extension = new URL(worker.url()).host;
  // Before that, a click on the icon does nothing.
  await until('the icon to be listened to', async () => {
    const behaviour = await worker.evaluate(() => chrome.sidePanel.getPanelBehavior());
    return behaviour.openPanelOnActionClick === true;
  });
  const panels = createPanels(context, `http://127.0.0.1:${port}`, extension);
  const tab = context.pages()[0] ?? (await context.newPage());

  return {
    profile: home,
    tab,
    openPanel: (beside = tab) => panels.open(beside),
    closePanel: panels.close,

    async openWindow(url) {
      const opened = context.waitForEvent('page');
      const worker = await workerOf(context);
      await worker.evaluate((url) => chrome.windows.create({ url, focused: true }), url);
      return opened;
    },

    async bell() {
      return (await workerOf(context)).evaluate(async () => ({
        badge: await chrome.action.getBadgeText({}),
        notifications: Object.keys(await chrome.notifications.getAll()).length,
        sound: await chrome.offscreen.hasDocument(),
      }));
    },

    tooltip: async () => (await workerOf(context)).evaluate(() => chrome.action.getTitle({})),

    async stopWorker() {
      await worker.evaluate(() => Object.assign(globalThis, { old: true }));
      const cdp = await context.newCDPSession(tab);
      await cdp.send('ServiceWorker.enable');
      await cdp.send('ServiceWorker.stopAllWorkers');
      await cdp.detach();
      // A question to a worker that is being stopped is never answered.
      const isOld = () => worker.evaluate(() => 'old' in globalThis).catch(() => null);
      const late = () => new Promise<null>((resolve) => setTimeout(resolve, 250, null));
      await until('another worker', async () => (await Promise.race([isOld(), late()])) === false);
    },

    async close() {
      await panels.disconnect();
      await context.close().catch(() => {});
      await rm(folder, { recursive: true, force: true });
      if (profile === undefined) await rm(home, { recursive: true, force: true });
    },

    async kill() {
      const pid = await panels.browserProcess();
      process.kill(pid, 'SIGKILL');
      await panels.disconnect();
      await context.close().catch(() => {});
    },
  };
}

/** The background's worker, as soon as there is one. */
async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
}
