import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { shopElsewhere } from './shop-elsewhere.ts';
import { openStage } from './stage.ts';

/** The shortest time to answer that a centre may set (OFFER-4). */
const ANSWER_SECONDS = 15;
const EMAIL = 'nora@corner.example';
const PASSWORD = 'a chat about used books';

test('OFFER-5: an invited agent of a shop elsewhere lets an offer expire, is RONA, gets nothing until she is ready again, and then the same customer with the time waited', async () => {
  const shop = await shopElsewhere();
  const stage = await openStage({ CENTRE: await centreFile(shop.origin) });
  shop.showChatOf(stage.server.url, 'corner');

  // The invitation's link sets the password.
  const { page } = await stage.customer();
  await page.goto(await stage.server.invite(EMAIL));
  await take(page, 'invitation');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('The same once more').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Your password is set' }).waitFor();

  const desk = await stage.desk();
  const panel = await stage.openPanel(desk);
  await panel.signIn(stage.server.url, EMAIL, PASSWORD);
  await panel.goReady();
  const [lee, kim] = [
    await stage.customer({ shop: shop.origin }),
    await stage.customer({ shop: shop.origin }),
  ];
  for (const customer of [lee, kim]) {
    await customer.visit('/');
    await customer.openChat();
  }
  await lee.start({ name: 'Lee Park', message: 'Do you have Moby-Dick?' });
  await panel.offer.getByRole('heading', { name: 'Lee Park' }).waitFor();

  // It isn't answered.
  await panel.page
    .getByRole('heading', { name: 'RONA: an offer went unanswered' })
    .waitFor({ timeout: (ANSWER_SECONDS + 10) * 1000 });
  await panel.offer.waitFor({ state: 'detached' });
  expect(await panel.status()).toBe('RONA');
  await eventually(desk.bell).toEqual({ badge: '!', notifications: 0, sound: false });
  await takeBoth(panel.page, 'rona');

  // Whoever comes now waits, too.
  await kim.start({ name: 'Kim Ito', message: 'Hello?' });
  await (await kim.chat()).getByText('You are number 2 in the queue.').waitFor();
  await take(kim.page, 'customer-second');
  expect(await panel.offer.count()).toBe(0);

  // Ready again: the one who waits longest, with the whole time.
  await panel.page.getByRole('alert').getByRole('button', { name: 'Ready', exact: true }).click();
  await panel.offer.getByRole('heading', { name: 'Lee Park' }).waitFor();
  expect(await panel.offer.innerText()).toMatch(/Waiting\s+(0:(1[5-9]|[2-5]\d)|[1-9])/);
  expect(await panel.status()).toBe('Ready');
  await panel.accept();
  await eventually(panel.texts).toEqual(['Do you have Moby-Dick?']);
  await panel.write('In three editions.');
  await eventually(lee.texts).toEqual(['Do you have Moby-Dick?', 'In three editions.']);

  // And then the next.
  await panel.offer.getByRole('heading', { name: 'Kim Ito' }).waitFor();
  await take(panel.page, 'offer-over-conversation');
});

async function centreFile(shop: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-centre-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'centre.yaml');
  await writeFile(
    file,
    `name: Corner Books
agents: [{ id: nora, name: Nora, email: ${EMAIL} }]
queues: [{ id: books, name: Books, answerSeconds: ${ANSWER_SECONDS} }]
sites: [{ id: corner, name: Corner Books, origins: ["${shop}"], accent: "#7a3b1d", form: [{ field: name, required: true }] }]
`,
  );
  return file;
}
