import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take } from './screens.ts';
import { openStage } from './stage.ts';

test('ROUTE-10, CHAT-12: a customer who starts in two tabs starts once; after a reload, on another page and in a second tab the conversation goes on where it was', async () => {
  const stage = await openStage();
  const { panel } = await stage.agent('maya');
  await panel.goReady();
  const ana = await stage.customer();
  const tab = await ana.openTab();
  for (const one of [ana, tab]) {
    await one.visit('/demo');
    await one.openChat();
  }
  const form = { topic: 'Delivery', name: 'Ana Souza' };
  const buttons = [
    await ana.fillIn({ ...form, message: 'From the first tab.' }),
    await tab.fillIn({ ...form, message: 'From the second tab.' }),
  ];
  const handles = await Promise.all(buttons.map((button) => button.elementHandle()));
  // In the same moment, and twice each.
  await Promise.all(
    [...handles, ...handles].map((button) => button?.evaluate((one: HTMLElement) => one.click())),
  );
  await panel.accept();
  await eventually(ana.mark).toBe('Read');
  const started = await ana.texts();
  expect(new Set(started).size).toBe(started.length);
  for (const one of [tab, panel]) await eventually(one.texts).toEqual(started);
  expect(await panel.page.getByRole('tab', { name: /Ana Souza/ }).count()).toBe(1);
  expect(await panel.offer.count()).toBe(0);
  await tab.page.close();

  // Reload, in the middle of it.
  await ana.write('I reload now.');
  await ana.page.reload();
  await panel.write('You are still here.');
  await eventually(ana.texts).toEqual([...started, 'I reload now.', 'You are still here.']);

  // Another page of the shop: the chat is open there, too.
  await ana.page.getByRole('link', { name: 'Lighting' }).click();
  await ana.page.waitForURL('**/demo/product');
  await eventually(ana.texts).toEqual(await panel.texts());
  await ana.write('Now I look at the lamp.');
  await eventually(ana.mark).toBe('Read');
  await take(ana.page, 'customer-other-page');

  // A second tab shows the same, and what is written in one stands in the other.
  const second = await ana.openTab();
  await second.visit('/demo/checkout');
  await eventually(second.texts).toEqual(await panel.texts());
  await second.write('And pay in this tab.');
  await panel.write('Take your time.');
  const all = [
    ...started,
    'I reload now.',
    'You are still here.',
    'Now I look at the lamp.',
    'And pay in this tab.',
    'Take your time.',
  ];
  for (const one of [panel, ana, second]) await eventually(one.texts).toEqual(all);

  // Away means the last tab is closed; back means any page of the shop.
  await second.page.close();
  expect(await panel.page.getByText('away', { exact: true }).count()).toBe(0);
  const back = await ana.openTab();
  await ana.page.close();
  await panel.page.getByText('away', { exact: true }).waitFor();
  await take(panel.page, 'customer-away');
  await panel.write('I’ll wait for you.');
  await eventually(panel.state).toBe('Sent');
  await back.visit('/demo');
  await eventually(back.texts).toEqual([...all, 'I’ll wait for you.']);
  await panel.page.getByText('away', { exact: true }).waitFor({ state: 'detached' });
  await panel.page.getByText('Customer is back').last().waitFor();
  await eventually(panel.state).toBe('Read');

  // The customer ends.
  await (await back.chat()).getByRole('button', { name: 'End chat' }).click();
  const dialog = (await back.chat()).getByRole('dialog');
  await take(back.page, 'customer-end-asking');
  await dialog.getByRole('button', { name: 'End chat' }).click();
  await eventually(back.transcript).toContain('You ended the chat');
  await panel.page.getByRole('form', { name: 'Wrap-up' }).waitFor();
  await panel.page
    .getByText(/customer left/)
    .first()
    .waitFor();
  await take(panel.page, 'customer-left');
});
