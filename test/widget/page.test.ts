import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InteractionId } from '../../protocol/ids.ts';
import { chatIn, complaints, launchBrowser } from './world/browser.ts';
import { buildWidget } from './world/built.ts';
import { createDoor } from './world/door.ts';
import { serveWidget } from './world/server.ts';
import { accepted, marta } from './world/talking.ts';

const said = { type: 'message-posted', author: marta } as const;
const interaction = 'talk-1' as InteractionId;

let built: Awaited<ReturnType<typeof buildWidget>>;
let browser: Browser;
let door: ReturnType<typeof createDoor>;
let server: Awaited<ReturnType<typeof serveWidget>>;
let context: BrowserContext;
let errors: string[];
const shop = (path = '/demo') => `http://127.0.0.1:${server.port}${path}`;

beforeAll(async () => {
  [built, browser] = await Promise.all([buildWidget(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  built.remove();
});
beforeEach(async () => {
  door = createDoor(Date.now);
  server = await serveWidget(built.folder, door);
  context = await browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' });
  errors = [];
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', (error) => errors.push(String(error.error())));
});
afterEach(async () => {
  await context.close();
  await server.stop();
});

const posts = () =>
  door.rooms.flatMap(({ events }) =>
    events.flatMap(({ event, content }) =>
      event.type === 'message-posted' && event.author.kind === 'customer' ? [content?.text] : [],
    ),
  );
const launcher = (page: Page, name: RegExp | string = 'Open chat') =>
  page.getByRole('button', { name });
async function opened(path?: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(shop(path));
  await launcher(page).click();
  return page;
}
async function chatting(): Promise<Page> {
  const page = await opened();
  const chat = chatIn(page);
  await chat.getByLabel('Name').fill('Ana Souza');
  await chat.getByLabel('Your message').fill('Where is my parcel?');
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByText('Sent', { exact: true }).waitFor();
  door.append(accepted);
  await chat.getByText('Marta joined').waitFor();
  return page;
}
async function write(page: Page, text: string) {
  await chatIn(page).getByLabel('Write a message').fill(text);
  await chatIn(page).getByLabel('Write a message').press('Enter');
}
const long = 60_000;
const patient = { timeout: 15_000 };

test('a whole chat: form, queue, conversation, end, and a new one', { timeout: long }, async () => {
  const page = await opened();
  const chat = chatIn(page);
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByText('Please fill this in.').waitFor();
  await chat.getByLabel('Name').fill('Ana Souza');
  await chat.getByLabel('Your message').fill('Where is my parcel?');
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByText('You are in the queue.').waitFor();
  door.say({ type: 'position', interaction, position: 3, estimateMs: 130_000 });
  await chat.getByText('You are number 3 in the queue.').waitFor();
  await chat.getByText('About 2 minutes.').waitFor();
  door.append(accepted);
  await chat.getByText('Marta joined').waitFor();
  expect(door.commands()[0]?.command).toMatchObject({ name: 'Ana Souza', entryPage: shop() });

  door.append(said, 'It is at https://track.example/20431.');
  const link = chat.getByRole('link', { name: 'https://track.example/20431' });
  expect(await link.getAttribute('rel')).toContain('noopener');
  await write(page, 'Thank you!');
  await chat.getByText('Thank you!').waitFor();
  const seq = door.rooms[0]!.events.length;
  door.say({ type: 'marks', interaction, reader: 'agent', delivered: seq, read: seq });
  await chat.getByText('Read', { exact: true }).last().waitFor();
  door.say({ type: 'typing', interaction, by: 'agent', name: 'Marta' });
  await chat.getByText('Marta is typing').waitFor();

  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
  await chat.getByText('You ended the chat').waitFor();
  await chat.getByRole('button', { name: 'Start a new chat' }).click();
  await chat.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(errors).toEqual([]);
});

test('CHAT-12: a page that is reloaded or changed goes on where it was, open as it was', {
  timeout: long,
}, async () => {
  const page = await chatting();
  await page.reload();
  await chatIn(page).getByText('Where is my parcel?').waitFor();
  await page.goto(shop('/demo/product?lang=de'));
  await chatIn(page).getByText('Marta ist jetzt für Sie da').waitFor();
  expect(door.rooms).toHaveLength(1);
});

test('a second tab shows the same chat and writes into it', { timeout: long }, async () => {
  const page = await chatting();
  const other = await context.newPage();
  await other.goto(shop('/demo/checkout'));
  await chatIn(other).getByText('Where is my parcel?').waitFor();
  await write(other, 'From the second tab');
  await chatIn(page).getByText('From the second tab').waitFor();
  await page.close();
  await write(other, 'Alone now');
  await chatIn(other).getByText('Sent', { exact: true }).last().waitFor();
  await expect.poll(posts).toEqual(['Where is my parcel?', 'From the second tab', 'Alone now']);
});

test('CHAT-3: with a dead server it says so, keeps what is written, and sends it once', {
  timeout: long,
}, async () => {
  const page = await chatting();
  const chat = chatIn(page);
  await server.stop();
  await write(page, 'Are you there?');
  await chat.getByText('1 message is waiting to be sent.').waitFor();
  await chat.getByText('Sending …').waitFor();
  await server.listen();
  await expect.poll(() => chat.getByText('Reconnecting').count(), patient).toBe(0);
  await expect.poll(posts, patient).toEqual(['Where is my parcel?', 'Are you there?']);
});

test('TRUST-1: a message written just before the page died is sent by the next page', {
  timeout: long,
}, async () => {
  const page = await chatting();
  await server.stop();
  await write(page, 'Kept');
  await chatIn(page).getByText('Sending …').waitFor();
  await page.close();
  await server.listen();
  const next = await context.newPage();
  await next.goto(shop());
  await expect.poll(posts, patient).toEqual(['Where is my parcel?', 'Kept']);
});

test('when the chat can’t be loaded the loader says so and tries again', {
  timeout: long,
}, async () => {
  const page = await context.newPage();
  await page.route('**/chat?*', (route) => route.abort());
  await page.goto(shop());
  await launcher(page).click();
  await page.getByText('The chat can’t be reached at the moment.').waitFor();
  expect(await complaints(page)).toEqual([]);
  await page.unroute('**/chat?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await chatIn(page).getByRole('button', { name: 'Start chat' }).waitFor();
});

test('what comes while the chat is hidden is counted on the launcher, and read when it is shown', {
  timeout: long,
}, async () => {
  const page = await chatting();
  await chatIn(page).getByRole('button', { name: 'Hide chat' }).click();
  door.append(said, 'One');
  door.append(said, 'Two');
  await launcher(page, 'new messages: 2').waitFor();
  const before = door.received.filter((frame) => frame.type === 'read').length;
  await launcher(page, 'new messages: 2').click();
  await launcher(page, 'Hide chat').waitFor();
  await expect
    .poll(() => door.received.filter((frame) => frame.type === 'read').length)
    .toBeGreaterThan(before);
});

test('by keyboard: opening leads into the first field, Esc leads back to the launcher', {
  timeout: long,
}, async () => {
  const page = await context.newPage();
  await page.goto(shop());
  await launcher(page).focus();
  await page.keyboard.press('Enter');
  const chat = chatIn(page);
  const focused = () => chat.locator(':focus').getAttribute('name');
  await chat.getByLabel('Name').waitFor();
  await expect.poll(focused).toBe('name');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => chat.locator('textarea:focus').getAttribute('aria-label'))
    .toBe('Write a message');
  await page.keyboard.press('Escape');
  await expect.poll(() => launcher(page).evaluate((button) => button.matches(':focus'))).toBe(true);
});

test('another origin’s page can neither read the chat nor speak to it', {
  timeout: long,
}, async () => {
  const page = await context.newPage();
  await page.goto(`http://localhost:${server.port}/elsewhere`);
  await launcher(page).click();
  await chatIn(page).getByRole('button', { name: 'Start chat' }).waitFor();
  const read = await page.evaluate(() => {
    const frame = document.querySelector('[data-deskside]')?.shadowRoot?.querySelector('iframe');
    return frame?.contentDocument ?? null;
  });
  expect(read).toBeNull();
  const stray = await page.evaluate(() => {
    postMessage({ deskside: 'unread', count: 7 }, '*');
    return new Promise<string | null | undefined>((resolve) => {
      addEventListener('message', () => {
        const root = document.querySelector('[data-deskside]')?.shadowRoot;
        resolve(root?.querySelector('b')?.textContent);
      });
    });
  });
  expect(stray).toBe('0');
});

test('axe sees into the chat: a picture without words is complained of', {
  timeout: long,
}, async () => {
  const page = await opened();
  await chatIn(page).locator('form').waitFor();
  await chatIn(page)
    .locator('main')
    .evaluate((main) => main.append(new Image()));
  expect(await complaints(page)).not.toEqual([]);
});

const looks = [
  { width: 400, colorScheme: 'light', path: '/demo' },
  { width: 320, colorScheme: 'dark', path: '/demo?lang=de' },
] as const;

test.each(looks)(
  'axe finds nothing at $width px, $colorScheme, $path',
  { timeout: long },
  async ({ width, colorScheme, path }) => {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 640 });
    await page.goto(shop(path));
    expect(await complaints(page)).toEqual([]);
    await page.getByRole('button', { name: /^(Open chat|Chat öffnen)$/ }).click();
    const chat = chatIn(page);
    await chat.locator('form').waitFor();
    await chat.locator('form button').click();
    await chat.locator('[aria-invalid=true]').waitFor();
    expect(await complaints(page)).toEqual([]);
    await chat.getByLabel('Name').fill('Ana');
    await chat.locator('form button').click();
    await chat.getByRole('log').waitFor();
    expect(await complaints(page)).toEqual([]);
    door.append(accepted);
    door.append(said, 'Hello, see https://x.example/');
    door.append({ type: 'message-posted', author: { kind: 'system' } }, 'Automatic');
    door.refuseNext('text-too-long');
    await chat.locator('textarea').fill('No');
    await chat.locator('textarea').press('Enter');
    await chat.getByRole('log').getByRole('button').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    await chat.locator('header button').first().click();
    await chat.getByRole('dialog').waitFor();
    expect(await complaints(page)).toEqual([]);
    await chat.getByRole('dialog').getByRole('button').last().click();
    await chat.locator('main button').last().waitFor();
    expect(await complaints(page)).toEqual([]);
    const wider = await chat
      .locator('html')
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(wider).toBe(0);
  },
);
