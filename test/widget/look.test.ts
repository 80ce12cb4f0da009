import { expect, test } from 'vitest';
import { chatIn, complaints } from './world/browser.ts';
import { long, openShop } from './world/shop.ts';
import { accepted, marta } from './world/talking.ts';

const said = { type: 'message-posted', author: marta } as const;
const shop = openShop();

test('axe sees into the chat: a picture without words is complained of', long, async () => {
  const page = await shop.opened();
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
  long,
  async ({ width, colorScheme, path }) => {
    const page = await shop.context.newPage();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 640 });
    await page.goto(shop.url(path));
    await page.getByRole('button', { name: /^(Open chat|Chat öffnen)$/ }).click();
    const chat = chatIn(page);
    await chat.locator('form').waitFor();
    await chat.locator('form button').click();
    await chat.locator('[aria-invalid=true]').waitFor();
    expect(await complaints(page)).toEqual([]);
    await chat.getByLabel('Name').fill('Ana');
    await chat.locator('form button').click();
    await chat.getByRole('log').waitFor();
    shop.door.append(accepted);
    shop.door.append(said, 'Hello, see https://x.example/');
    shop.door.append({ type: 'message-posted', author: { kind: 'system' } }, 'Automatic');
    shop.door.refuseNext('text-too-long');
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
