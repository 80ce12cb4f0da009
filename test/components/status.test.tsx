import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { calls, galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();
const status = (page: Page) => page.getByRole('button', { name: /^Your status/ });

test('STATE-1: one switch sets ready, or not ready with a reason', async () => {
  const page = await show('home-not-ready');
  await status(page).click();
  await page.getByRole('menuitemradio', { name: 'Ready', exact: true }).click();
  await status(page).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitemradio', { name: 'Lunch' }).click();
  expect(await calls(page, 'status.set')).toEqual([
    ['status.set', 'ready', null],
    ['status.set', 'not-ready', 'lunch'],
  ]);
});

test('STATE-4: a pending status says how many are left and can be undone', async () => {
  const page = await show('pending');
  await status(page).getByText('Not ready after this (2 left)').waitFor();
  await page.getByRole('button', { name: 'Stay ready' }).click();
  expect(await calls(page, 'status.set')).toEqual([['status.set', 'ready', null]]);
});

test('STATE-4: what was asked and not answered yet is shown as asked, never as done', async () => {
  const page = await show('asked');
  await status(page).getByText('Ready…').waitFor();
  expect(await status(page).getAttribute('aria-busy')).toBe('true');
});

test.each([
  ['rona', 'RONA: an offer went unanswered'],
  ['offer-refused', 'Refused: you rejected an offer'],
] as const)('OFFER-5: after %s the panel asks Ready or Not ready', async (scene, words) => {
  const page = await show(scene);
  const question = page.getByRole('alert').filter({ hasText: words });
  await question.getByRole('button', { name: 'Not ready' }).click();
  await question.getByRole('button', { name: 'Ready', exact: true }).click();
  expect(await calls(page, 'status.set')).toEqual([
    ['status.set', 'not-ready', null],
    ['status.set', 'ready', null],
  ]);
});

test('OFFER-5: below the question Home says where things stand, without asking once more', async () => {
  const page = await show('rona');
  await page.getByRole('heading', { name: 'You are not ready' }).waitFor();
  expect(await page.getByRole('button', { name: 'Go ready' }).count()).toBe(0);
});

test('STATE-1: until the server has said it no status is shown, only that it is coming', async () => {
  const page = await show('signing-in');
  await status(page).getByText('Connecting…').waitFor();
  await page.getByRole('heading', { name: 'One moment' }).waitFor();
  for (const words of ['Logged off', 'You are not ready', '0/0'])
    expect(await page.getByText(words).count(), words).toBe(0);
  await page.evaluate(() => {
    const { connection } = globalThis.fixture;
    connection.value = { ...connection.value, state: 'update-needed' };
  });
  await status(page).getByText('Not connected').waitFor();
});

test('STATE-9, END-7: signing out while interactions are owned is refused and says why; what is parked doesn’t count', async () => {
  const page = await show('sign-out-refused');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('You still have 5 interactions. Mark them done, then sign out.').waitFor();
});

test('STATE-9, CHAT-3: with a message that wasn’t sent signing out says so, and shows where it is kept', async () => {
  const page = await show('sign-out-failed');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const banner = page.getByRole('alert').filter({ hasText: 'A message wasn’t sent' });
  await banner.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('tab', { name: 'Interactions', selected: true }).waitFor();
  expect(
    await page.evaluate(() => {
      const { failed, interactions } = globalThis.fixture;
      return failed.value[0]?.interaction === interactions.selected.value;
    }),
  ).toBe(true);
  await page.evaluate(() => {
    globalThis.fixture.failed.value = [];
  });
  await banner.waitFor({ state: 'detached' });
});

test('CAP-1, CAP-2: the load stands per channel, with its name; what is over its limit is marked', async () => {
  const page = await show('several-channels', { width: 320 });
  const load = page.getByRole('img', { name: /in use$/ });
  expect(await load.evaluateAll((all) => all.map((one) => one.ariaLabel))).toEqual([
    'Web chat: 5 of 4 in use',
    'Voice: 1 of 1 in use',
    'E-mail: 2 of 5 in use',
    'Messaging: 3 of 8 in use',
    'Work item: 1 of 5 in use',
  ]);
  expect(await page.locator('[data-over]').count()).toBe(1);
  const menu = await page.getByRole('button', { name: 'Menu' }).boundingBox();
  expect((menu?.x ?? 999) + (menu?.width ?? 999)).toBeLessThanOrEqual(320);
});

test('STATE-11: open elsewhere is said, what waits is kept, and it can be taken back', async () => {
  const page = await show('elsewhere');
  await page.getByText('Deskside is open elsewhere.').waitFor();
  await page.getByText('1 message is kept here.').waitFor();
  await page.getByRole('button', { name: 'Take back' }).click();
  expect(await calls(page, 'takeBack')).toHaveLength(1);
});

test('OFFER-8: the one who was slower hears that somebody else was faster', async () => {
  const page = await show('refused');
  const banner = page.getByRole('alert').filter({ hasText: 'The offer wasn’t accepted.' });
  await banner.getByText('Somebody else was faster.').waitFor();
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  expect(await calls(page, 'discard')).toEqual([['discard', 'refused-1-aaaaaaaaaa']]);
});

test('language and theme switch at once and are kept for the next time', async () => {
  const page = await show('home-ready');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Sie sind bereit' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.getByRole('menuitemradio', { name: 'Dunkel' }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Sie sind bereit' }).waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});
