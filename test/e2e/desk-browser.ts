import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Worker,
} from 'playwright-core';
import { findBrowser } from './find-browser.ts';
import { freePort } from './free-port.ts';

/** A real Chromium with the built extension, on a profile of its own. */
export type DeskBrowser = {
  readonly profile: string;
  readonly context: BrowserContext;
  readonly extension: string;
  /** Clicks the toolbar icon; the real side panel, as a page that can be clicked and looked at. */
  readonly openPanel: () => Promise<Page>;
  readonly closePanel: () => Promise<void>;
  /** The background's worker; it is started when it was stopped. */
  readonly worker: () => Promise<Worker>;
  /** Stops the worker as Chrome does after 30 s of idleness. */
  readonly stopWorker: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** kill -9 of the whole browser; the profile stays. */
  readonly kill: () => Promise<void>;
};

export const BUILT = '.output/chrome-mv3';

const FLAGS = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--enable-unsafe-extension-debugging',
];

/**
 * The built extension with the permission for the test's server given beforehand: the browser's own
 * prompt for it can't be answered without a person. Nothing else differs from what ships.
 */
export async function extensionFor(origins: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-extension-'));
  await cp(BUILT, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: origins }));
  return folder;
}

export async function deskBrowser(options: {
  /** An older browser's profile, to go on where it was. */
  readonly profile?: string;
  readonly windowSize?: string;
}): Promise<DeskBrowser> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'deskside-profile-')));
  const folder = await extensionFor(['http://127.0.0.1/*']);
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    viewport: null,
    args: [
      ...FLAGS,
      `--window-size=${options.windowSize ?? '1400,900'}`,
      `--remote-debugging-port=${port}`,
      `--load-extension=${folder}`,
      `--disable-extensions-except=${folder}`,
    ],
    ignoreDefaultArgs: ['--disable-extensions', '--headless', '--mute-audio'],
  });
  const first = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const extension = new URL(first.url()).host;
  const panelUrl = `chrome-extension://${extension}/sidepanel.html`;
  let over: Browser | null = null;

  const connect = async () => {
    await over?.close();
    over = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    return over;
  };

  async function openPanel(): Promise<Page> {
    const browser = await connect();
    const cdp = await browser.newBrowserCDPSession();
    const all = await cdp.send('Target.getTargets', { filter: [{}] });
    const tab = all.targetInfos.find(
      (one) => one.type === 'tab' && !one.url.startsWith('chrome-extension:'),
    );
    if (tab === undefined) throw new Error('no tab to open the panel beside');
    await cdp.send(
      'Extensions.triggerAction' as never,
      { id: extension, targetId: tab.targetId } as never,
    );
    for (let n = 0; n < 100; n++) {
      /** A panel is attached only to clients that connect after it was opened. */
      const pages = (await connect()).contexts().flatMap((one) => one.pages());
      const panel = pages.find((one) => one.url().startsWith(panelUrl));
      if (panel !== undefined) return panel;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the side panel did not open');
  }

  async function worker(): Promise<Worker> {
    return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  }

  return {
    profile,
    context,
    extension,
    openPanel,
    closePanel: async () => {
      const pages = over?.contexts().flatMap((one) => one.pages()) ?? [];
      await pages.find((one) => one.url().startsWith(panelUrl))?.close();
    },
    worker,
    stopWorker: async () => {
      const cdp = await (over ?? (await connect())).newBrowserCDPSession();
      const all = await cdp.send('Target.getTargets');
      const target = all.targetInfos.find(
        (one) => one.type === 'service_worker' && one.url.includes(extension),
      );
      if (target !== undefined) await cdp.send('Target.closeTarget', { targetId: target.targetId });
    },
    close: async () => {
      await over?.close();
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
    kill: async () => {
      const cdp = await (over ?? (await connect())).newBrowserCDPSession();
      const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
      const main = processInfo.find((one) => one.type === 'browser');
      if (main !== undefined) process.kill(main.id, 'SIGKILL');
      await context.close().catch(() => {});
    },
  };
}
