import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();
const strip = (page: Page) => page.getByRole('tablist', { name: 'Open interactions' });

test('CHAT-10: tabs stand in arrival order and say what is unread', async () => {
  const page = await show('busy');
  const tabs = strip(page).getByRole('tab');
  for (const [at, name] of [
    'Ana Souza, waiting for your reply',
    'Lee Min-jun, 2 unread messages, waiting for your reply',
    'Visitor 4821, in wrap-up',
    'Ingrid Holm, waiting for your reply',
    'Tomás Vega, customer away',
  ].entries()) {
    expect((await tabs.nth(at).ariaSnapshot()).replaceAll(' ,', ',')).toContain(`tab "${name}"`);
  }
});

test('CHAT-10: Home and Interactions are always there, and Home tells of something unread', async () => {
  const page = await show('busy');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('tab', { name: /Interactions 5.*with unread messages/ }).click();
  await page.getByRole('heading', { name: 'Ana Souza' }).waitFor();
});

test('CHAT-10: arrows move along the tabs, and Alt with a digit opens one from anywhere', async () => {
  const page = await show('busy');
  await strip(page).getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tab', { name: /Lee Min-jun/, selected: true }).waitFor();
  await page.keyboard.press('End');
  await page.getByRole('tab', { name: /Tomás Vega/, selected: true }).waitFor();
  await page.keyboard.press('Alt+1');
  await page.getByRole('tab', { name: /Ana Souza/, selected: true }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
});

test('CHAT-10: accepting opens the interaction and puts the cursor into its composer', async () => {
  const page = await show('offer');
  await arrive(page);
  await page.getByRole('heading', { name: 'João Pereira' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
});

test('CHAT-10: while the composer holds text an accepted interaction is offered, not opened', async () => {
  const page = await show('writing');
  await arrive(page);
  await page.getByText('is yours now. Your text here stays.').waitFor();
  await page.getByRole('heading', { name: 'Ana Souza' }).waitFor();
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'João Pereira' }).waitFor();
});

test('the wait for a reply turns amber after 30 s and red after 60 s, with another sign', async () => {
  const page = await show('busy');
  const wait = page.getByRole('tab', { name: /Ana Souza/ }).locator('span[data-tone]:has(svg)');
  const icons = new Set<string>();
  for (const [afterMs, tone] of [
    [0, 'waiting'],
    [10_000, 'amber'],
    [30_000, 'red'],
  ] as const) {
    await page.evaluate((ms) => {
      globalThis.fixture.now.value += ms;
    }, afterMs);
    await expect.poll(() => wait.getAttribute('data-tone')).toBe(tone);
    icons.add(await wait.locator('svg').innerHTML());
  }
  expect(icons.size).toBe(2);
});

test('a conversation that leaves the screen is closed', async () => {
  const page = await show('busy');
  await page.getByRole('tab', { name: /Lee Min-jun/ }).click();
  await page.getByRole('heading', { name: 'Lee Min-jun' }).waitFor();
  const closed = await page.evaluate(() =>
    globalThis.fixture.calls.filter(([name]) => name === 'close'),
  );
  expect(closed).toEqual([['close', 'ana-souza']]);
});

function arrive(page: Page): Promise<void> {
  return page.evaluate(() => {
    globalThis.fixture.offers.open.value = [];
    globalThis.fixture.arrive('João Pereira');
  });
}
