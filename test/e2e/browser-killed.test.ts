import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

test('STATE-9, TRUST-1: the worker is stopped and the panel closed in mid-conversation; messages keep coming, and the panel comes back to where it was', async () => {
  const stage = await openStage();
  const { desk, panel } = await stage.agent('maya');
  await panel.goReady();
  const ana = await stage.customer();
  await ana.visit('/demo');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Hello!' });
  await panel.accept();

  // With the panel open the worker is back at once.
  await desk.stopWorker();
  await ana.write('Are you there?');
  await eventually(panel.texts).toEqual(['Hello!', 'Are you there?']);
  await panel.write('I am.');
  await eventually(panel.state).toBe('Read');

  // With the panel closed the badge counts; nothing is read before somebody looks.
  await desk.closePanel(panel.page);
  await ana.write('One more thing.');
  await eventually(async () => (await desk.bell()).badge).toBe('1');
  await eventually(ana.mark).toBe('Delivered');
  await take(ana.page, 'customer-delivered');
  const again = await stage.openPanel(desk);
  await eventually(again.texts).toEqual(['Hello!', 'Are you there?', 'I am.', 'One more thing.']);
  await eventually(ana.mark).toBe('Read');
  await eventually(async () => (await desk.bell()).badge).toBe(' ');
  expect(await again.status()).toBe('Ready');
});

test('CHAT-3, CHAT-15, TRUST-2: the browser is killed with a message in the outbox; after its restart the agent is still signed in, the message is sent once, and the draft is there', async () => {
  const stage = await openStage();
  const { desk, panel } = await stage.agent('maya');
  await panel.goReady();
  const ana = await stage.customer();
  await ana.visit('/demo');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Hello!' });
  await panel.accept();
  await panel.write('Good morning.');
  await eventually(panel.state).toBe('Read');

  await stage.server.kill();
  await panel.page.getByText('Reconnecting…').waitFor();
  await panel.write('It left on Friday.');
  await panel.composer.fill('And it comes');
  await eventually(panel.drafts).toContain('And it comes');
  await desk.kill();

  // First without the server: what was known is there, and so is what waits.
  const restarted = await stage.desk(desk.profile);
  const back = await stage.openPanel(restarted);
  await eventually(back.texts).toEqual(['Hello!', 'Good morning.', 'It left on Friday.']);
  await eventually(back.state).toBe('Sending');
  await back.page.getByText('1 message waiting to be sent').waitFor();
  await eventually(() => back.composer.inputValue()).toBe('And it comes');
  await takeBoth(back.page, 'after-restart');

  await stage.server.start();
  await eventually(back.state).toBe('Read');
  await eventually(ana.texts).toEqual(['Hello!', 'Good morning.', 'It left on Friday.']);
  await eventually(back.status).toBe('Ready');
  await back.composer.press('End');
  await back.composer.pressSequentially(' tomorrow.');
  await back.composer.press('Enter');
  await eventually(ana.texts).toEqual([
    'Hello!',
    'Good morning.',
    'It left on Friday.',
    'And it comes tomorrow.',
  ]);
  expect(await back.texts()).toEqual(await ana.texts());
});
