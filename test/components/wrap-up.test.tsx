import { expect, test } from 'vitest';
import { calls, galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();

test('Mark done without a disposition that the queue asks for says so and goes there', async () => {
  const page = await show('wrap-up-missing');
  await page.getByRole('textbox', { name: 'Note' }).press('Control+Enter');
  await page.getByRole('alert').getByText('Choose at least one disposition first.').waitFor();
  const search = page.getByRole('searchbox', { name: 'Search dispositions' });
  expect(await search.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await calls(page, 'markDone')).toEqual([]);
});

test('dispositions are found by typing, chosen with Enter, several of them, and Ctrl+Enter marks done', async () => {
  const page = await show('wrap-up-missing');
  const search = page.getByRole('searchbox', { name: 'Search dispositions' });
  await search.fill('invo');
  expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
  await search.press('Enter');
  await page.getByRole('button', { name: 'Refund' }).click();
  await page.getByRole('button', { name: 'Invoice copy', pressed: true }).waitFor();
  await page.getByRole('textbox', { name: 'Note' }).fill('Copy sent.');
  await page.keyboard.press('Control+Enter');
  expect(await calls(page, 'markDone')).toEqual([
    ['markDone', 'ana-souza', { dispositions: ['invoice-copy', 'refund'], note: 'Copy sent.' }],
  ]);
  await page.getByRole('button', { name: 'Marking done…' }).waitFor();
});

test('a reply that was being written when the conversation ended is shown, not swallowed', async () => {
  const page = await show('wrap-up-missing');
  await page.getByText('You had a reply that wasn’t sent').click();
  await page.getByText('I will also check the').waitFor();
});

test('END-5: an interaction marked done leaves the tabs, and its neighbour is shown', async () => {
  const page = await show('wrap-up');
  await page.evaluate(() => {
    const { tabs } = globalThis.fixture.interactions;
    tabs.value = tabs.value.slice(1);
  });
  await page.getByRole('tab', { name: /Lee Min-jun/, selected: true }).waitFor();
  await page.evaluate(() => {
    globalThis.fixture.interactions.tabs.value = [];
  });
  await page.getByRole('tab', { name: 'Home', selected: true }).waitFor();
});

test('what was done stands on Home and can be read again', async () => {
  const page = await show('home-done');
  await page.getByRole('button', { name: /Lee Min-jun/ }).click();
  await page.getByRole('tab', { name: 'Interactions', selected: true }).waitFor();
});
