import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take } from './screens.ts';
import { openStage } from './stage.ts';

const image = '<img src=x onerror="document.title=\'owned\'">';
const script = '</textarea></title><script>document.title="owned"</script>';
const hostile = [
  image,
  script,
  '<a href="javascript:alert(1)">click</a> javascript:alert(1) data:text/html,<b>x</b>',
  '{{constructor.constructor("document.title=1")()}} ${document.title} %s &lt;b&gt; \\u003cb\\u003e',
  '\u202Eevil\u202C \u2066\u2066 z\u0300\u0301\u0302\u0303\u0304\u0305algo 👩🏽‍🚀 مرحبا',
  'no-spaces-'.repeat(60),
];

/** CHAT-1: what the demo's billing queue says by itself. */
const GREETING = /^Hello, this is Maya from Harbour & Pine\./;

test('CHAT-8, CHAT-2: hostile names and texts are shown as text to both sides, and only addresses of the web, of mail and of phones become links', async () => {
  const stage = await openStage();
  const { desk, panel } = await stage.agent('maya');
  await panel.goReady();
  const eve = await stage.customer();
  await eve.visit(`/demo?${new URLSearchParams({ from: image })}`);
  await eve.openChat();
  const [first = '', ...rest] = hostile;
  await eve.start({ topic: 'Billing', name: image, subject: script, message: first });

  await panel.offer.getByRole('heading', { name: image }).waitFor();
  expect(await panel.offer.innerText()).toContain(script);
  await take(panel.page, 'hostile-offer');
  await panel.accept();
  for (const text of rest) {
    await eve.write(text);
    await panel.write(text);
  }
  const greeting = await panel.texts().then((all) => all.filter((text) => GREETING.test(text)));
  expect(greeting).toHaveLength(1);
  const said = [first, ...greeting, ...rest.flatMap((text) => [text, text])];
  await eventually(async () => (await panel.texts()).toSorted()).toEqual(said.toSorted());
  await eventually(async () => (await eve.texts()).toSorted()).toEqual(said.toSorted());
  await panel.button('Details').click();
  await take(panel.page, 'hostile-conversation');
  await take(eve.page, 'hostile-customer');

  const link =
    'Look: https://shop.example/?a=1&b=%3Ci%3E, mail ana@example.com, or +49 431 555 0123.';
  await panel.write(link);
  await eventually(eve.texts).toContain(link);
  const chat = await eve.chat();
  for (const room of [panel.page, chat]) {
    const links = await room
      .getByRole('log')
      .getByRole('link')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.getAttribute('rel')]));
    expect(links.map(([href]) => href)).toEqual([
      'https://shop.example/?a=1&b=%3Ci%3E',
      'mailto:ana@example.com',
      'tel:+494315550123',
    ]);
    expect(links[0]?.[1]).toContain('noopener');
    expect(await room.locator('img, script:not([src]), [onerror], [onload]').count()).toBe(0);
    const { title, width } = await room.evaluate(() => ({
      title: document.title,
      width: document.documentElement.scrollWidth - innerWidth,
    }));
    expect(title).not.toContain('owned');
    expect(width).toBe(0);
  }
  expect(await eve.page.title()).not.toContain('owned');

  // The toolbar's tooltip and the notification are the browser's own: text, too.
  await desk.closePanel(panel.page);
  expect(await desk.bell()).toMatchObject({ notifications: 0 });
});
