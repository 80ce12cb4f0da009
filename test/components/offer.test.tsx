import { expect, test } from 'vitest';
import { calls, galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();

test('OFFER-2: it shows who, how, where from, about what, since when, how long, and why this agent', async () => {
  const page = await show('offer');
  const card = page.getByRole('alertdialog', { name: 'João Pereira' });
  for (const words of [
    'Web chat · Billing',
    '+55 21 3555-0199',
    'joao@example.com',
    'Wrong amount on invoice',
    'shop.example/checkout',
    '1:06',
    '32 s left to answer',
    'You: Billing 5, Portuguese 4. Least load of 3 ready agents.',
  ])
    await card.getByText(words).waitFor();
});

test('OFFER-2: an unknown customer is shown by a short id, and what isn’t known takes no line', async () => {
  const page = await show('offer-unknown');
  const card = page.getByRole('alertdialog', { name: 'Visitor 5107' });
  await card.getByText('You are the only one ready for it.').waitFor();
  expect(await card.getByText('Phone').count()).toBe(0);
});

test('OFFER-2: the time waited runs and the time left runs out', async () => {
  const page = await show('offer');
  await page.evaluate(() => {
    globalThis.fixture.now.value += 10_000;
  });
  await page.getByText('1:16').waitFor();
  await page.getByText('22 s left to answer').waitFor();
});

test('OFFER-4: until the server knows that it is shown, the time to answer stands still', async () => {
  const page = await show('offer-unknown');
  await page.evaluate(() => {
    globalThis.fixture.now.value += 10_000;
  });
  await page.getByText('1:16').waitFor();
  expect(await page.getByText('45 s left to answer').count()).toBe(1);
});

test('the card takes the focus when nobody types; Enter accepts', async () => {
  const page = await show('offer');
  const card = page.getByRole('alertdialog');
  expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  expect(await calls(page, 'accept')).toEqual([['accept', 'offer-1']]);
});

test('Esc asks before it rejects, a second Esc takes that back, Enter confirms', async () => {
  const page = await show('offer');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reject now?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reject', exact: true }).waitFor();
  expect(await calls(page, 'reject')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reject now?' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await calls(page, 'reject')).toEqual([['reject', 'offer-1']]);
  expect(await calls(page, 'accept')).toEqual([]);
});

test('an offer never takes the keyboard from somebody who types', async () => {
  const page = await show('writing');
  const composer = page.getByRole('textbox', { name: 'Reply' });
  await composer.focus();
  await page.evaluate(() => globalThis.fixture.ring());
  await page.getByRole('alertdialog').waitFor();
  expect(await composer.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  expect(await calls(page, 'accept')).toEqual([]);
  expect(await calls(page, 'send')).toHaveLength(1);
});

test('when an offer is gone the focus goes back to where it came from', async () => {
  const page = await show('home-done');
  const row = page.getByRole('button', { name: /Lee Min-jun/ });
  await row.focus();
  await page.evaluate(() => globalThis.fixture.ring());
  await page.getByRole('alertdialog').waitFor();
  expect(await row.evaluate((element) => element === document.activeElement)).toBe(false);
  await page.evaluate(() => {
    globalThis.fixture.offers.open.value = [];
  });
  await expect.poll(() => row.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('an offer never covers the composer, however small the panel and long the draft', async () => {
  const page = await show('offer-busy', { width: 320, height: 480 });
  const composer = page.getByRole('textbox', { name: 'Reply' });
  await composer.fill('word '.repeat(300));
  const layer = page.locator('[data-offer]');
  await expect
    .poll(async () => {
      const [offer, text] = await Promise.all([layer.boundingBox(), composer.boundingBox()]);
      return offer!.y + offer!.height <= text!.y;
    })
    .toBe(true);
});

test('once answered, both buttons wait for the server', async () => {
  const page = await show('offer-accepting');
  await page.getByRole('button', { name: 'Accepting…' }).click({ force: true });
  await page.getByRole('button', { name: 'Reject' }).click({ force: true });
  expect(await calls(page, 'accept')).toEqual([]);
  expect(await calls(page, 'reject')).toEqual([]);
});

test('an offer doesn’t hide that the connection is gone', async () => {
  const page = await show('offline');
  const line = page.getByText(/^Reconnecting…/);
  await page.evaluate(() => globalThis.fixture.ring());
  const card = page.getByRole('alertdialog');
  await expect
    .poll(async () => {
      const [ringing, said] = await Promise.all([card.boundingBox(), line.boundingBox()]);
      return said!.y + said!.height <= ringing!.y;
    })
    .toBe(true);
});
