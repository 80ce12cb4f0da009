import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

test('TRUST-1, CHAT-3, OFFER-5, OFFER-8: the server is killed in mid-conversation; both sides say so and write on, nothing is lost, doubled or reordered, and nobody is RONA', async () => {
  const stage = await openStage();
  const { panel } = await stage.agent('maya');
  await panel.goReady();
  const [ana, lee] = [await stage.customer(), await stage.customer()];
  await ana.visit('/demo');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Hello!' });
  await panel.accept();
  await panel.write('Good morning.');
  await eventually(panel.state).toBe('Read');
  // A second one rings in the moment of the kill.
  await lee.visit('/demo/product');
  await lee.openChat();
  await lee.start({ topic: 'Delivery', name: 'Lee Park', message: 'Anybody there?' });
  await panel.offer.getByRole('heading', { name: 'Lee Park' }).waitFor();

  await stage.server.kill();
  await panel.page.getByText('Reconnecting…').waitFor();
  await (await ana.chat()).getByText('Reconnecting …').waitFor();

  const fromAgent = ['It left on Friday.', 'It comes tomorrow.', 'I have told the driver.'];
  const fromCustomer = ['When does it come?', 'I am at home all day.', 'Please ring twice.'];
  for (const [n, text] of fromAgent.entries()) {
    await panel.write(text);
    await ana.write(fromCustomer[n] ?? '');
  }
  await eventually(panel.state).toBe('Sending');
  await eventually(ana.mark).toBe('Sending …');
  await panel.page.getByText('3 messages waiting to be sent').waitFor();
  await (await ana.chat()).getByText('3 messages are waiting to be sent.').waitFor();
  await takeBoth(panel.page, 'server-away');
  await takeBoth(ana.page, 'customer-server-away');

  // An accept now comes too late: what rang is over with the server that rang it.
  await panel.offer.getByRole('button', { name: 'Accept' }).click();
  await panel.offer.getByRole('button', { name: 'Accepting…' }).waitFor();

  await stage.server.start();
  await eventually(async () => (await panel.texts()).length).toBe(8);
  await eventually(async () => (await ana.texts()).length).toBe(8);
  await eventually(panel.state).toBe('Read');
  await eventually(ana.mark).toBe('Read');
  const texts = await panel.texts();
  expect(await ana.texts()).toEqual(texts);
  expect(texts.slice(0, 2)).toEqual(['Hello!', 'Good morning.']);
  expect(texts.filter((text) => fromAgent.includes(text))).toEqual(fromAgent);
  expect(texts.filter((text) => fromCustomer.includes(text))).toEqual(fromCustomer);
  await panel.page.getByText('Reconnecting…').waitFor({ state: 'detached' });
  await take(panel.page, 'server-back');

  // Who was rung for in the kill is offered again, to an agent who is ready as before.
  expect(await panel.status()).toBe('Ready');
  await panel.page.getByText('The offer wasn’t accepted. The offer is over.').waitFor();
  await panel.offer.getByRole('heading', { name: 'Lee Park' }).waitFor();
  await take(panel.page, 'offered-again');
  await panel.button('Dismiss').click();
  await panel.offer.getByRole('button', { name: 'Accept' }).click();
  await eventually(lee.transcript).toContain('Maya joined');
  expect(await panel.status()).toBe('Ready');
});
