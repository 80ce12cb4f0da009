import { expect, test } from 'vitest';
import type { InteractionId } from '../../protocol/ids.ts';
import { chatIn, complaints } from './world/browser.ts';
import { launcher, long, openShop, patient, write } from './world/shop.ts';
import { accepted, marta } from './world/talking.ts';

const said = { type: 'message-posted', author: marta } as const;
const interaction = 'talk-1' as InteractionId;
const shop = openShop();

test('a whole chat: form, queue, conversation, end, and a new one', long, async () => {
  const page = await shop.opened();
  const chat = chatIn(page);
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByText('Please fill this in.').waitFor();
  await chat.getByLabel('Name').fill('Ana Souza');
  await chat.getByLabel('Your message').fill('Where is my parcel?');
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByText('You are in the queue.').waitFor();
  shop.door.say({ type: 'position', interaction, position: 3, estimateMs: 130_000 });
  await chat.getByText('You are number 3 in the queue.').waitFor();
  await chat.getByText('About 2 minutes.').waitFor();
  shop.door.append(accepted);
  await chat.getByText('Marta joined').waitFor();
  expect(shop.door.commands()[0]?.command).toMatchObject({
    name: 'Ana Souza',
    entryPage: shop.url(),
  });

  shop.door.append(said, 'It is at https://track.example/20431.');
  const link = chat.getByRole('link', { name: 'https://track.example/20431' });
  expect(await link.getAttribute('rel')).toContain('noopener');
  await write(page, 'Thank you!');
  await chat.getByText('Thank you!').waitFor();
  const seq = shop.door.rooms[0]!.events.length;
  shop.door.say({ type: 'marks', interaction, reader: 'agent', delivered: seq, read: seq });
  await chat.getByText('Read', { exact: true }).last().waitFor();
  shop.door.say({ type: 'typing', interaction, by: 'agent', name: 'Marta' });
  await chat.getByText('Marta is typing').waitFor();

  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
  await chat.getByText('You ended the chat').waitFor();
  await chat.getByRole('button', { name: 'Start a new chat' }).click();
  await chat.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(shop.errors).toEqual([]);
});

test(
  'CHAT-12: a page that is reloaded or changed goes on where it was, open as it was',
  long,
  async () => {
    const page = await shop.chatting();
    await page.reload();
    await chatIn(page).getByText('Where is my parcel?').waitFor();
    await page.goto(shop.url('/demo/product?lang=de'));
    await chatIn(page).getByText('Marta ist jetzt für Sie da').waitFor();
    expect(shop.door.rooms).toHaveLength(1);
  },
);

test('a second tab shows the same chat and writes into it', long, async () => {
  const page = await shop.chatting();
  const other = await shop.context.newPage();
  await other.goto(shop.url('/demo/checkout'));
  await chatIn(other).getByText('Where is my parcel?').waitFor();
  await write(other, 'From the second tab');
  await chatIn(page).getByText('From the second tab').waitFor();
  await page.close();
  await write(other, 'Alone now');
  await chatIn(other).getByText('Sent', { exact: true }).last().waitFor();
  await expect
    .poll(shop.posts)
    .toEqual(['Where is my parcel?', 'From the second tab', 'Alone now']);
});

test(
  'ROUTE-10: when another tab starts, a form gives way to that chat, and its message waits in the composer',
  long,
  async () => {
    const chats = [await shop.opened(), await shop.opened()].map(chatIn);
    const [first, second] = chats as [(typeof chats)[0], (typeof chats)[0]];
    for (const [n, chat] of chats.entries()) {
      await chat.getByLabel('Name').fill('Ana Souza');
      await chat.getByLabel('Your message').fill(`From tab ${n}`);
    }
    await first.getByRole('button', { name: 'Start chat' }).click();
    await second.getByRole('log').getByText('From tab 0').waitFor();
    const composer = second.getByLabel('Write a message');
    expect(await composer.inputValue()).toBe('From tab 1');
    await expect.poll(shop.posts, patient).toEqual(['From tab 0']);
    await composer.press('Enter');
    await expect.poll(shop.posts, patient).toEqual(['From tab 0', 'From tab 1']);
    expect(await composer.inputValue()).toBe('');
    expect(shop.door.rooms).toHaveLength(1);
  },
);

test(
  'a start that is refused in another tab gives the form back with what was written',
  long,
  async () => {
    const chats = [await shop.opened(), await shop.opened()].map(chatIn);
    const [first, second] = chats as [(typeof chats)[0], (typeof chats)[0]];
    await second.getByLabel('Your message').fill('Mine');
    shop.door.refuseNext('not-allowed');
    await first.getByLabel('Name').fill('Ana Souza');
    await first.getByRole('button', { name: 'Start chat' }).click();
    await second.getByRole('alert').getByText('could not be started').waitFor();
    expect(await second.getByLabel('Your message').inputValue()).toBe('Mine');
  },
);

test(
  'CHAT-3: with a dead server it says so, keeps what is written, and sends it once',
  long,
  async () => {
    const page = await shop.chatting();
    const chat = chatIn(page);
    await shop.server.stop();
    await write(page, 'Are you there?');
    await chat.getByText('1 message is waiting to be sent.').waitFor();
    await chat.getByText('Sending …').waitFor();
    await shop.server.listen();
    await expect.poll(() => chat.getByText('Reconnecting').count(), patient).toBe(0);
    await expect.poll(shop.posts, patient).toEqual(['Where is my parcel?', 'Are you there?']);
  },
);

test(
  'TRUST-1: a message written just before the page died is sent by the next page',
  long,
  async () => {
    const page = await shop.chatting();
    await shop.server.stop();
    await write(page, 'Kept');
    await chatIn(page).getByText('Sending …').waitFor();
    await page.close();
    await shop.server.listen();
    const next = await shop.context.newPage();
    await next.goto(shop.url());
    await expect.poll(shop.posts, patient).toEqual(['Where is my parcel?', 'Kept']);
  },
);

test('when the chat can’t be loaded the loader says so and tries again', long, async () => {
  const page = await shop.context.newPage();
  await page.route('**/chat?*', (route) => route.abort());
  await page.goto(shop.url());
  await launcher(page).click();
  await page.getByText('The chat can’t be reached at the moment.').waitFor();
  expect(await complaints(page)).toEqual([]);
  await page.unroute('**/chat?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await chatIn(page).getByRole('button', { name: 'Start chat' }).waitFor();
});

test(
  'what comes while the chat is hidden is counted on the launcher, and read when it is shown',
  long,
  async () => {
    const page = await shop.chatting();
    await chatIn(page).getByRole('button', { name: 'Hide chat' }).click();
    await launcher(page).waitFor();
    shop.door.append(said, 'One');
    shop.door.append(said, 'Two');
    await launcher(page, 'new messages: 2').waitFor();
    const before = shop.door.received.filter((frame) => frame.type === 'read').length;
    await launcher(page, 'new messages: 2').click();
    await launcher(page, 'Hide chat').waitFor();
    await expect
      .poll(() => shop.door.received.filter((frame) => frame.type === 'read').length)
      .toBeGreaterThan(before);
  },
);

test(
  'by keyboard: opening leads into the first field, Esc leads back to the launcher',
  long,
  async () => {
    const page = await shop.context.newPage();
    await page.goto(shop.url());
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    const chat = chatIn(page);
    const focused = () => chat.locator(':focus').getAttribute('name');
    await chat.getByLabel('Name').waitFor();
    await expect.poll(focused).toBe('name');
    await page.keyboard.type('Ana');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => chat.locator('textarea:focus').getAttribute('aria-label'))
      .toBe('Write a message');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => launcher(page).evaluate((button) => button.matches(':focus')))
      .toBe(true);
  },
);

test('another origin’s page can neither read the chat nor speak to it', long, async () => {
  const page = await shop.context.newPage();
  await page.goto(`http://localhost:${shop.server.port}/elsewhere`);
  await launcher(page).click();
  await chatIn(page).getByRole('button', { name: 'Start chat' }).waitFor();
  const read = await page.evaluate(() => {
    const frame = document.querySelector('[data-deskside]')?.shadowRoot?.querySelector('iframe');
    return frame?.contentDocument ?? null;
  });
  expect(read).toBeNull();
  const stray = await page.evaluate(() => {
    postMessage({ deskside: 'unread', count: 7 }, '*');
    return new Promise<string | null | undefined>((resolve) => {
      addEventListener('message', () => {
        const root = document.querySelector('[data-deskside]')?.shadowRoot;
        resolve(root?.querySelector('b')?.textContent);
      });
    });
  });
  expect(stray).toBe('0');
});
