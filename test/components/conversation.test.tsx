import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { calls, galleryInBrowser } from './gallery/in-browser.ts';

const show = galleryInBrowser();
const composer = (page: Page) => page.getByRole('textbox', { name: 'Reply' });
const log = (page: Page) => page.getByRole('log');

test('CHAT-1: Enter sends what was typed and empties the composer', async () => {
  const page = await show('empty');
  await composer(page).fill('Good morning');
  await composer(page).press('Enter');
  expect(await calls(page, 'send')).toEqual([['send', 'ana-souza', 'Good morning']]);
  expect(await composer(page).inputValue()).toBe('');
  expect(await calls(page, 'typing')).not.toEqual([]);
});

test('CHAT-1: Shift+Enter is a new line, and the Send button sends both', async () => {
  const page = await show('empty');
  await composer(page).pressSequentially('one');
  await composer(page).press('Shift+Enter');
  await composer(page).pressSequentially('two');
  expect(await calls(page, 'send')).toEqual([]);
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await calls(page, 'send')).toEqual([['send', 'ana-souza', 'one\ntwo']]);
});

test('CHAT-1: Enter that chooses a word while composing Japanese does not send', async () => {
  const page = await show('writing');
  await composer(page).evaluate((input) =>
    input.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }),
    ),
  );
  expect(await calls(page, 'send')).toEqual([]);
});

test('CHAT-1: a text over the limit stays, and it is said by how much it is too long', async () => {
  const page = await show('empty');
  await composer(page).fill('ü'.repeat(8193));
  await composer(page).press('Enter');
  await page.getByRole('alert').getByText('Too long by 2 bytes').waitFor();
  expect(await composer(page).inputValue()).toHaveLength(8193);
});

test('CHAT-1: a message that finds the outbox full stays in the composer, and it is said why', async () => {
  const page = await show('outbox-full');
  await composer(page).press('Enter');
  await page.getByRole('alert').getByText('Too much is waiting').waitFor();
  expect(await composer(page).inputValue()).not.toBe('');
});

test('CHAT-2: the customer writes on the left, agents and automatic ones on the right, sender and time above', async () => {
  const page = await show('busy', { height: 1200 });
  const middle = await centre(log(page));
  const sides: [string, 'left' | 'right'][] = [
    ['March, number 20431', 'left'],
    ['Which invoice is it about?', 'right'],
    ['Thank you, I see both charges.', 'right'],
  ];
  for (const [text, side] of sides) {
    const box = await centre(log(page).getByText(text));
    expect(box < middle ? 'left' : 'right', text).toBe(side);
  }
  for (const heading of ['Ana Souza · 10:43', 'You · 10:44', 'Automatic · 10:40'])
    await log(page).getByText(heading).waitFor();
  const heading = await top(log(page).getByText('Ana Souza · 10:43'));
  expect(heading).toBeLessThan(await top(log(page).getByText('It was charged twice')));
});

test('CHAT-3: an own message shows sending, sent, delivered or read', async () => {
  const page = await show('busy', { height: 1200 });
  for (const [text, state] of [
    ['It arrives in three days.', 'Sending'],
    ['I am refunding the second one now.', 'Sent'],
    ['Thank you, I see both charges.', 'Delivered'],
    ['Hello Ana, I have your March invoice', 'Read'],
  ] as const) {
    const bubble = log(page).locator('div[dir=auto]', { hasText: text });
    expect(await bubble.getByRole('img').getAttribute('aria-label'), text).toBe(state);
  }
  expect(await log(page).getByText('It was charged twice').getByRole('img').count()).toBe(0);
});

test('CHAT-3: a failed message says why and offers Retry and Discard', async () => {
  const page = await show('failed');
  await log(page).getByText('Not sent. The conversation had already ended.').waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await calls(page, 'message.retry')).toHaveLength(1);
  expect(await calls(page, 'message.discard')).toHaveLength(1);
});

test('CHAT-3: a message waiting for the connection stays in sight as sending, and the wait is said', async () => {
  const page = await show('offline');
  await page.getByText(/Reconnecting… 2\s+messages waiting to be sent/).waitFor();
  const waiting = log(page).locator('div[dir=auto]', { hasText: 'Anything else I can do?' });
  expect(await waiting.getByRole('img').getAttribute('aria-label')).toBe('Sending');
});

test('CHAT-3: an accept that waits for the connection is no message', async () => {
  const page = await show('answered-offline');
  await page.getByText('Reconnecting… 1 change waiting to be sent').waitFor();
});

test('CHAT-4: it is said when the customer types, and nothing moves when it begins', async () => {
  const page = await show('failed');
  const before = await composer(page).boundingBox();
  await page.evaluate(() => {
    globalThis.fixture.conversationOf('ana-souza').customerTyping.value = true;
  });
  await page.getByText(/Ana Souza\S? is typing/).waitFor();
  expect(await composer(page).boundingBox()).toEqual(before);
});

test('CHAT-8: web addresses open in a new tab that knows nothing of us; numbers and mail are handed over', async () => {
  const page = await show('busy', { height: 1200 });
  const web = log(page).getByRole('link', { name: 'shop.example.com/orders/20431' });
  expect(await web.getAttribute('href')).toBe('https://shop.example.com/orders/20431');
  expect(await web.getAttribute('target')).toBe('_blank');
  expect(await web.getAttribute('rel')).toContain('noopener');
  const hrefs = await log(page).getByRole('link').evaluateAll(hrefsOf);
  expect(hrefs).toEqual(expect.arrayContaining(['tel:+5511984565666', 'mailto:ana@example.com']));
});

test('CHAT-8: what strangers write is text: no markup, no script, no link but web, mail and phone', async () => {
  const page = await show('hostile', { height: 1600 });
  await log(page).getByText('<img src=x onerror=alert(1)>', { exact: true }).first().waitFor();
  expect(await page.locator('img, script:not([src])').count()).toBe(0);
  const hrefs = await page.locator('a').evaluateAll(hrefsOf);
  expect(hrefs.filter((href) => !/^(https?:\/\/|mailto:|tel:\+?\d+$)/.test(href))).toEqual([]);
});

test('CHAT-15: a draft edited in another window is shown, and taken over by Edit here', async () => {
  const page = await show('draft-elsewhere');
  expect(await composer(page).getAttribute('readonly')).not.toBeNull();
  await composer(page).press('Enter');
  expect(await calls(page, 'send')).toEqual([]);
  await page.getByRole('button', { name: 'Edit here' }).click();
  await composer(page).pressSequentially('tence');
  expect(await composer(page).inputValue()).toBe('Half a sentence');
});

test('END-1: the first click asks, the second ends', async () => {
  const page = await show('busy');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  expect(await calls(page, 'end')).toEqual([]);
  await page.getByRole('button', { name: 'End now?' }).click();
  await page.getByRole('button', { name: 'Ending…' }).click({ force: true });
  expect(await calls(page, 'end')).toEqual([['end', 'ana-souza']]);
});

test('END-1: after 4 s the question is forgotten', async () => {
  const page = await show('busy', { clock: true });
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.clock.fastForward(3_000);
  await page.getByRole('button', { name: 'End now?' }).waitFor();
  await page.clock.fastForward(1_100);
  await page.getByRole('button', { name: 'End', exact: true }).waitFor();
  expect(await calls(page, 'end')).toEqual([]);
});

test('END-1: whoever ended it, wrap-up opens by itself and the transcript stays in sight', async () => {
  const page = await show('wrap-up');
  await page.getByText('Wrap-up 0:38 of 1:00 · customer left').waitFor();
  await page.getByRole('form', { name: 'Wrap-up' }).waitFor();
  expect(await log(page).getByText('Customer left · 10:44').isVisible()).toBe(true);
});

test('END-1: in German, 320 px wide, the line says to its end how it ended', async () => {
  const page = await show('wrap-up', { width: 320, language: 'de' });
  const line = page.getByText(/Nachbearbeitung 0:38 von 1:00/);
  await line.waitFor();
  expect(await line.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
});

test('reading further up, a new message moves nothing and is offered below', async () => {
  const page = await show('long-transcript');
  const shown = log(page).getByText('Question 43:');
  await log(page).evaluate((element) => element.scrollTo(0, -1_000));
  await page.getByRole('button', { name: 'To the newest' }).waitFor();
  const before = await top(shown);
  await receive(page, 'Are you there?');
  await page.getByRole('button', { name: '1 new message' }).waitFor();
  expect(await top(shown)).toBeCloseTo(before, 0);
  const seen = (await calls(page, 'seen')).length;
  await page.getByRole('button', { name: '1 new message' }).click();
  await expect.poll(async () => (await calls(page, 'seen')).length).toBeGreaterThan(seen);
  expect(await log(page).evaluate((element) => element.scrollTop)).toBe(0);
});

test('at the end, a new message is shown and seen', async () => {
  const page = await show('long-transcript');
  const seen = (await calls(page, 'seen')).length;
  await receive(page, 'Are you there?');
  await expect.poll(async () => (await calls(page, 'seen')).length).toBeGreaterThan(seen);
  const message = await log(page).getByText('Are you there?').boundingBox();
  const frame = await log(page).boundingBox();
  expect(message!.y + message!.height).toBeLessThanOrEqual(frame!.y + frame!.height);
});

/** What comes into sight is laid out in the next frame. */
const framesPass = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

test('earlier messages are put on top without moving what is being read', async () => {
  const page = await show('long-transcript');
  const shown = log(page).getByText('Question 40:');
  await log(page).evaluate((element) => element.scrollTo(0, -1_200));
  await framesPass(page);
  const before = await top(shown);
  await page.evaluate(() => globalThis.fixture.conversationOf('ana-souza').earlier());
  await log(page).getByText('Question 29:').waitFor({ state: 'attached' });
  expect(await top(shown)).toBeCloseTo(before, 0);
});

test('earlier messages are asked for once, near the top', async () => {
  const page = await show('long-transcript');
  await log(page).evaluate((element) => element.scrollTo(0, -element.scrollHeight));
  await log(page).getByText('Question 1:').waitFor({ state: 'attached' });
  expect(await calls(page, 'earlier')).toHaveLength(1);
});

function receive(page: Page, text: string): Promise<void> {
  return page.evaluate((words) => {
    const { rows } = globalThis.fixture.conversationOf('ana-souza');
    const last = rows.value.findLast((row) => row.kind === 'message' && row.from === 'customer');
    if (last) rows.value = [...rows.value, { ...last, key: words, text: words } as typeof last];
  }, text);
}

async function centre(locator: Locator): Promise<number> {
  const box = await locator.boundingBox();
  return box!.x + box!.width / 2;
}

async function top(locator: Locator): Promise<number> {
  return (await locator.boundingBox())!.y;
}

function hrefsOf(links: Element[]): string[] {
  return links.map((link) => link.getAttribute('href') ?? '');
}
