import { type BrowserContext, chromium, type Page } from 'playwright-core';

export type DemoWindows = {
  readonly url: string;
  readonly executablePath: string;
  /** The extension as it was built. */
  readonly extension: string;
  /** A browser profile of its own, so that the next demo is still signed in. */
  readonly profile: string;
  /** For tests: no window is shown. */
  readonly headless?: boolean;
};

type Bounds = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Opens a Chromium with the extension, the agent's CRM page on the left, the shop on the right. */
export async function openDemo(windows: DemoWindows): Promise<BrowserContext> {
  const { url, executablePath, extension, profile, headless = false } = windows;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: null,
    // Chromium's new headless mode takes extensions, Playwright's own flag doesn't.
    headless: false,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
      '--no-first-run',
      ...(headless ? ['--headless=new'] : []),
    ],
    ignoreDefaultArgs: ['--disable-extensions', '--enable-automation', '--mute-audio'],
    // The server decides when it's over; the browser goes with its process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const [first] = context.pages();
  const agent = first ?? (await context.newPage());
  await agent.goto(`${url}/demo/crm`);
  const screen = await agent.evaluate<Bounds>(
    '({ left: screen.availLeft, top: screen.availTop, width: screen.availWidth, height: screen.availHeight })',
  );
  // The side panel opens in the agent's window: it gets the larger half.
  const width = Math.round(screen.width * 0.6);
  await place(context, agent, { ...screen, width });
  const customer = await openWindow(context, agent, `${url}/demo`);
  const rest = { ...screen, left: screen.left + width, width: screen.width - width };
  await place(context, customer, rest);
  await agent.bringToFront();
  return context;
}

async function openWindow(context: BrowserContext, from: Page, url: string): Promise<Page> {
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    (await context.newCDPSession(from)).send('Target.createTarget', { url, newWindow: true }),
  ]);
  return opened;
}

async function place(context: BrowserContext, page: Page, bounds: Bounds): Promise<void> {
  const session = await context.newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds });
}
