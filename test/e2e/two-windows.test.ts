import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

test('OFFER-3, OFFER-8, CHAT-15: two windows of one agent ring once and accept once, and a draft is edited in one of them at a time', async () => {
  const stage = await openStage();
  const { desk, panel: left } = await stage.agent('maya');
  const window = await desk.openWindow(`${stage.server.url}/demo/crm`);
  const right = await stage.openPanel(desk, window);
  await left.goReady();
  await eventually(right.status).toBe('Ready');
  const ana = await stage.customer();
  await ana.visit('/demo');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Hello!' });

  // Both windows show it, one notification and one sound tell of it.
  for (const panel of [left, right])
    await panel.offer.getByRole('heading', { name: 'Ana Souza' }).waitFor();
  expect(await desk.bell()).toEqual({ badge: '☎', notifications: 1, sound: true });
  const accepts = await Promise.all(
    [left, right].map(({ offer }) => offer.getByRole('button', { name: 'Accept' }).elementHandle()),
  );
  await Promise.all(
    accepts.map((button) => button?.evaluate((one) => (one as HTMLElement).click())),
  );
  for (const panel of [left, right]) {
    await eventually(panel.texts).toEqual(['Hello!']);
    await panel.offer.waitFor({ state: 'detached' });
    expect(await panel.page.getByRole('alert').count()).toBe(0);
  }
  await eventually(ana.transcript).toContain('Maya joined');
  expect((await ana.transcript()).match(/joined/g)).toHaveLength(1);

  // One of them has the draft; the other shows it and may take it over.
  const isHere = async () => Promise.all([left, right].map((panel) => panel.composer.isEditable()));
  await eventually(async () => (await isHere()).toSorted()).toEqual([false, true]);
  const [here, there] = (await isHere())[0] ? [left, right] : [right, left];
  await here.composer.fill('It left on');
  await eventually(() => there.composer.inputValue()).toBe('It left on');
  await there.page.getByText('You are writing this reply in another window.').waitFor();
  await takeBoth(there.page, 'draft-elsewhere');
  await there.button('Edit here').click();
  await eventually(() => here.composer.isEditable()).toBe(false);
  await there.composer.press('End');
  await there.composer.pressSequentially(' Friday.');
  await there.composer.press('Enter');
  for (const one of [here, there, ana])
    await eventually(one.texts).toEqual(['Hello!', 'It left on Friday.']);
  await eventually(() => here.composer.inputValue()).toBe('');

  // The window that had the draft is closed: the other may write.
  await desk.closePanel(there.page);
  await eventually(() => here.composer.isEditable()).toBe(true);
});

test('STATE-11: an agent who signs in on a second browser takes over; the first says so, keeps its outbox, and sends after taking back', async () => {
  const stage = await openStage();
  const { panel: old } = await stage.agent('maya');
  await old.goReady();
  const ana = await stage.customer();
  await ana.visit('/demo');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Hello!' });
  await old.accept();
  await old.write('Good morning.');
  await eventually(old.state).toBe('Read');

  const { panel: newer } = await stage.agent('maya');
  await old.page.getByText('Deskside is open elsewhere.').waitFor();
  await eventually(newer.texts).toEqual(['Hello!', 'Good morning.']);
  await newer.write('From the second browser.');
  await eventually(newer.state).toBe('Read');

  // What is written on the first stays there.
  await old.write('From the first browser.');
  await eventually(old.state).toBe('Sending');
  await old.page.getByText('1 message is kept here.').waitFor();
  await takeBoth(old.page, 'open-elsewhere');
  expect(await ana.texts()).toEqual(['Hello!', 'Good morning.', 'From the second browser.']);

  await old.button('Take back').click();
  await newer.page.getByText('Deskside is open elsewhere.').waitFor();
  const all = ['Hello!', 'Good morning.', 'From the second browser.', 'From the first browser.'];
  for (const one of [old, ana]) await eventually(one.texts).toEqual(all);
  await eventually(old.state).toBe('Read');
  expect(await old.status()).toBe('Ready');
  await take(newer.page, 'taken-back');
});
