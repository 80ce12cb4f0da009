import { expect, test } from 'vitest';
import { complaints, sticksOut } from './complaints.ts';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

const WIDTH = 320;

test('CHAT-1, END-1, END-5: in German, 320 px wide, in the light and in the dark, nothing on the panel’s screens is cut off or breaks a rule of WCAG', async () => {
  const stage = await openStage();
  const { desk, panel } = await stage.agent('maya');
  const { page, offer } = panel;
  const look = async (name: string) => {
    await takeBoth(page, `german-${name}`);
    expect(await complaints(page), name).toEqual([]);
  };

  await panel.button('Menu').click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.setViewportSize({ width: WIDTH, height: 700 });
  await page.getByRole('button', { name: 'Menü' }).waitFor();
  await takeBoth(page, 'german-not-ready');
  expect(await page.evaluate(sticksOut)).toEqual([]);
  await page.getByRole('button', { name: 'Bereit melden' }).click();
  await page.getByRole('button', { name: 'Ihr Status: Bereit' }).waitFor();
  // What the browser itself shows is in the panel’s language, not in the browser’s.
  await eventually(desk.tooltip).toBe('Deskside: Bereit');

  const ana = await stage.customer({ width: WIDTH, height: 640 });
  await ana.visit('/demo?lang=de');
  await ana.page.getByRole('button', { name: 'Chat öffnen' }).click();
  const chat = await ana.chat();
  await chat.getByLabel('Thema').selectOption({ label: 'Billing' });
  await chat.getByLabel('Name').fill('Anneliese Freifrau von Schellenberg-Thannhausen');
  await chat.getByLabel('E-Mail').fill('anneliese.schellenberg-thannhausen@beispiel.example');
  await chat.getByLabel('Betreff').fill('Rechnungsadressenänderungsbestätigung');
  await takeBoth(ana.page, 'german-customer-form');
  await chat
    .getByLabel('Ihre Nachricht')
    .fill('Guten Tag, auf der Rechnung steht mein alter Name.');
  await chat.getByRole('button', { name: 'Chat beginnen' }).click();

  await offer.waitFor();
  await look('offer');
  await offer.getByRole('button', { name: 'Annehmen' }).click();
  const composer = page.getByRole('textbox', { name: 'Antwort' });
  await composer.fill(
    'Guten Tag, das ändere ich gern: https://harbour-pine.example/rechnung/20431',
  );
  await composer.press('Enter');
  await page.getByText('Gelesen', { exact: true }).waitFor();
  await look('conversation');
  await take(ana.page, 'german-customer-conversation');
  const tooWide = await chat.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide).toBe(0);

  await page.getByRole('button', { name: 'Beenden' }).click();
  await take(page, 'german-end-asking');
  expect(await page.evaluate(sticksOut)).toEqual([]);
  await page.getByRole('button', { name: 'Jetzt beenden?' }).click();
  await page.getByRole('form', { name: 'Nachbearbeitung' }).waitFor();
  await page.getByRole('button', { name: /^Abschließen/ }).click();
  await page.getByRole('alert').waitFor();
  await look('wrap-up');
  await page.getByRole('button', { name: 'Wrong amount' }).click();
  await page.getByRole('button', { name: /^Abschließen/ }).click();
  await page.getByRole('heading', { name: 'Zuletzt abgeschlossen' }).waitFor();
  await look('done');

  // The choice is the machine's: another panel speaks German, too, and so does the sign-in.
  await desk.closePanel(page);
  const again = await desk.openPanel();
  await again.setViewportSize({ width: WIDTH, height: 700 });
  await again.getByRole('button', { name: 'Menü' }).click();
  await take(again, 'german-menu');
  await again.getByRole('menuitem', { name: 'Abmelden' }).click();
  await again.getByRole('heading', { name: 'An Ihrem Arbeitsplatz anmelden' }).waitFor();
  await eventually(() => complaints(again)).toEqual([]);
  await takeBoth(again, 'german-sign-in');
  // The looking itself is looked at: a picture without words, and a button that is cut off.
  await again.evaluate(() => {
    const button = document.createElement('button');
    button.textContent = 'Zu lang für seinen Platz';
    button.style.cssText = 'width: 40px; overflow: hidden; white-space: nowrap';
    document.querySelector('form')?.append(new Image(), button);
  });
  expect(await complaints(again)).toEqual([
    expect.stringContaining('image-alt'),
    expect.stringContaining('cut off'),
  ]);
});
