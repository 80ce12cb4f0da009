import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { pictureForReadme } from './readme-picture.ts';
import { take, takeAt, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

test('OFFER-2, OFFER-3, CHAT-1, CHAT-2, CHAT-3, CHAT-4, STATE-2, STATE-9, END-1, END-5: a customer writes, the agent is rung with the panel closed, accepts, both write, the agent ends and marks done', async () => {
  const stage = await openStage();
  const desk = await stage.desk();
  let panel = await stage.openPanel(desk);

  // The agent signs in and is not ready; then is, and closes the panel.
  await takeBoth(panel.page, 'sign-in');
  await stage.signIn(panel, 'maya');
  await eventually(panel.status).toMatch(/^Not ready/);
  await takeBoth(panel.page, 'not-ready');
  await panel.goReady();
  await takeBoth(panel.page, 'ready');
  await desk.closePanel(panel.page);

  // A customer comes.
  const ana = await stage.customer();
  await ana.visit('/demo');
  await ana.openChat();
  await takeBoth(ana.page, 'customer-form');
  await ana.start({
    topic: 'Delivery',
    name: 'Ana Souza',
    email: 'ana.souza@example.com',
    subject: 'Order 20431',
    message: 'Hello, my lamp hasn’t come yet.',
  });
  await eventually(desk.bell).toEqual({ badge: '☎', notifications: 1, sound: true });
  await eventually(ana.texts).toEqual(['Hello, my lamp hasn’t come yet.']);
  await eventually(ana.mark).toBe('Sent');
  await takeBoth(ana.page, 'customer-waiting');

  // The panel is opened: there is the offer, with everything known.
  panel = await stage.openPanel(desk);
  await panel.offer.getByRole('heading', { name: 'Ana Souza' }).waitFor();
  const offered = await panel.offer.innerText();
  for (const fact of ['Web chat · Delivery', 'ana.souza@example.com', 'Order 20431', '/demo'])
    expect(offered).toContain(fact);
  expect(offered).toContain('You are the only one ready for it.');
  const left = async () =>
    Number(/(\d+) s left to answer/.exec(await panel.offer.innerText())?.[1]);
  const first = await left();
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(45);
  await eventually(left).toBeLessThan(first);
  await takeBoth(panel.page, 'offer');
  await takeAt(panel.page, 320, 'offer');
  await panel.accept();
  await eventually(desk.bell).toMatchObject({ notifications: 0, sound: false });
  await eventually(panel.texts).toEqual(['Hello, my lamp hasn’t come yet.']);
  await eventually(ana.transcript).toContain('Maya joined');
  await eventually(ana.mark).toBe('Read');

  // Both type, and each sees it of the other.
  await (await ana.composer()).pressSequentially('It was');
  await panel.page.getByText(/Ana Souza.? is typing/).waitFor();
  await takeBoth(panel.page, 'customer-typing');
  await panel.composer.pressSequentially('Let me');
  await (await ana.chat()).getByText('Maya is typing').waitFor();
  await take(ana.page, 'customer-sees-typing');

  // Both write. What the customer doesn't look at is delivered, then read.
  await panel.write('Good morning Ana, I am looking it up.');
  await eventually(panel.state).toBe('Read');
  await ana.write('It was promised for Thursday.');
  await eventually(ana.mark).toBe('Read');
  await ana.pressLauncher();
  await panel.write('It left Kiel on Friday, so it should be with you tomorrow.');
  await eventually(panel.state).toBe('Delivered');
  await ana.page.getByRole('button', { name: 'Open chat, new messages: 1' }).waitFor();
  await take(ana.page, 'customer-unread');
  await take(panel.page, 'delivered');
  await ana.pressLauncher();
  await eventually(panel.state).toBe('Read');
  await ana.write('Wonderful, thank you!');
  const said = [
    'Hello, my lamp hasn’t come yet.',
    'Good morning Ana, I am looking it up.',
    'It was promised for Thursday.',
    'It left Kiel on Friday, so it should be with you tomorrow.',
    'Wonderful, thank you!',
  ];
  await eventually(panel.texts).toEqual(said);
  await eventually(ana.texts).toEqual(said);
  await eventually(ana.mark).toBe('Read');
  await takeBoth(panel.page, 'conversation');
  await takeAt(panel.page, 320, 'conversation');
  await takeAt(panel.page, 520, 'conversation');
  await takeBoth(ana.page, 'customer-conversation');
  if (process.env.README_SCREENSHOT === '1') {
    await desk.tab.goto(`${stage.server.url}/demo/crm`);
    await pictureForReadme(desk.tab, panel.page, await ana.page.context().newPage());
  }

  // The agent ends with a second click and says what came of it.
  await panel.button('End').click();
  await panel.button('End now?').waitFor();
  expect(await ana.transcript()).not.toContain('Maya left the chat');
  await take(panel.page, 'end-asking');
  await panel.button('End now?').click();
  await eventually(ana.transcript).toContain('Maya left the chat');
  await (await ana.chat()).getByRole('button', { name: 'Start a new chat' }).waitFor();
  await takeBoth(ana.page, 'customer-over');
  await panel.button(/^Mark done/).waitFor();
  await takeBoth(panel.page, 'wrap-up');
  await takeAt(panel.page, 320, 'wrap-up');
  await panel.markDone('Where is my order', 'Parcel is on its way.');
  await panel.page.getByRole('heading', { name: 'Recently done' }).waitFor();
  await takeBoth(panel.page, 'done');
  expect(await panel.status()).toBe('Ready');

  // It stays readable, as it was.
  await panel.page.getByRole('button', { name: /Ana Souza/ }).click();
  await eventually(panel.texts).toEqual(said);
  await take(panel.page, 'done-again');
});
