import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { madeOnce } from '../../made-once/made-once.ts';
import { chatIn } from './browser.ts';
import { createDoor } from './door.ts';
import { serveWidget } from './server.ts';
import { accepted } from './talking.ts';

/** A browser takes its time on a busy machine. */
export const long = { timeout: 90_000 };
export const patient = { timeout: 15_000 };

/** For each test of a file: the demo shop on a server with a door of its own, and a fresh browser profile. */
export function openShop() {
  let built: string;
  let browser: Browser;
  const shop = {
    door: createDoor(Date.now),
    server: null as unknown as Awaited<ReturnType<typeof serveWidget>>,
    context: null as unknown as BrowserContext,
    /** What the browser complained of. */
    errors: [] as string[],
    url: (path = '/demo') => `http://127.0.0.1:${shop.server.port}${path}`,
    /** A page whose chat was just opened. */
    async opened(path?: string): Promise<Page> {
      const page = await shop.context.newPage();
      await page.goto(shop.url(path));
      await launcher(page).click();
      return page;
    },
    /** A chat that Marta has accepted. */
    async chatting(): Promise<Page> {
      const page = await shop.opened();
      const chat = chatIn(page);
      await chat.getByLabel('Name').fill('Ana Souza');
      await chat.getByLabel('Your message').fill('Where is my parcel?');
      await chat.getByRole('button', { name: 'Start chat' }).click();
      await chat.getByText('Sent', { exact: true }).waitFor();
      shop.door.append(accepted);
      await chat.getByText('Marta joined').waitFor();
      return page;
    },
    /** What is stored of the customer's. */
    posts: () =>
      shop.door.rooms.flatMap(({ events }) =>
        events.flatMap(({ event, content }) =>
          event.type === 'message-posted' && event.author.kind === 'customer'
            ? [content?.text]
            : [],
        ),
      ),
  };
  beforeAll(async () => {
    built = await madeOnce('widget');
    browser = await chromium.connect(await madeOnce('browser'));
  }, 120_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    shop.door = createDoor(Date.now);
    shop.server = await serveWidget(built, shop.door);
    shop.context = await browser.newContext({
      viewport: { width: 1000, height: 760 },
      locale: 'en-GB',
    });
    shop.errors = [];
    shop.context.on('console', (message) => {
      if (message.type() === 'error') shop.errors.push(message.text());
    });
    shop.context.on('weberror', (error) => shop.errors.push(String(error.error())));
  }, 60_000);
  afterEach(async () => {
    await shop.context.close();
    await shop.server.stop();
  });
  return shop;
}

export const launcher = (page: Page, name: RegExp | string = 'Open chat'): Locator =>
  page.getByRole('button', { name });

export async function write(page: Page, text: string): Promise<void> {
  await chatIn(page).getByLabel('Write a message').fill(text);
  await chatIn(page).getByLabel('Write a message').press('Enter');
}
