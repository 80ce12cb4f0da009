import { expect, test } from 'vitest';
import { calls, galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();

test('until the disk was read there is nothing but the ground', async () => {
  const page = await show('loading');
  expect(await page.locator('#panel').innerHTML()).toBe('');
  await page.evaluate(() => {
    globalThis.fixture.loaded.value = true;
  });
  await page.getByRole('heading', { name: 'You are ready' }).waitFor();
});

test('sign-in is called inside the click, with nothing awaited before', async () => {
  const page = await show('signed-out-first');
  await page.getByLabel('Server address').fill('chat.example.com');
  await page.getByLabel('E-mail').fill('marta@example.com');
  await page.getByLabel('Password').fill(' secret ');
  const called = await page.evaluate(() => {
    document.querySelector('form')?.requestSubmit();
    return globalThis.fixture.calls;
  });
  expect(called).toEqual([['signIn', 'chat.example.com', 'marta@example.com', ' secret ']]);
});

test.each([
  ['wrong-credentials', 'E-mail or password is wrong.'],
  ['unreachable', 'The server doesn’t answer.'],
  ['not-deskside', 'it isn’t Deskside'],
  ['bad-address', 'This isn’t a web address.'],
  ['too-many', 'Too many attempts.'],
  ['permission', 'Without your permission'],
  ['too-old', 'too old for the server'],
] as const)(
  'a sign-in that fails with %s says what happened and keeps what was typed',
  async (scene, words) => {
    const page = await show(scene);
    await page.getByLabel('E-mail').fill('marta@example.com');
    await page.getByLabel('Password').fill('secret');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('marta@example.com');
    expect(await calls(page, 'signIn')).toHaveLength(1);
  },
);

test('a sign-in that has ended says that nothing was lost', async () => {
  const page = await show('sign-in-ended');
  await page.getByText('2 messages and 1 change are kept here').waitFor();
});
