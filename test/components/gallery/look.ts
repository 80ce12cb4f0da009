/**
 * `node test/components/gallery/look.ts [part of a name …]`: pictures of the scenes at three
 * widths, light and dark, English and German, in an ignored folder. `QUICK=1` takes four of them.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { makeBrowser } from '../../made-once/browser.ts';
import { openGallery } from './browser.ts';
import { serveGallery } from './build.ts';
import { type Scene, scenes } from './scenes.ts';

const folder = fileURLToPath(new URL('../../../.output/screens/', import.meta.url));
mkdirSync(folder, { recursive: true });

/** What is only reached by doing something: a name, the scene it starts from, the deed. */
type Deed = readonly [name: string, scene: Scene, act: (page: Page) => Promise<unknown>];
const deeds: readonly Deed[] = [
  ['status-menu', 'home-not-ready', (page) => page.click('[popovertarget=status-menu]')],
  ['pending-menu', 'pending', (page) => page.click('[popovertarget=status-menu]')],
  ['panel-menu', 'busy', (page) => page.click('[popovertarget=panel-menu]')],
  ['facts', 'busy', (page) => page.click('[popovertarget=facts]')],
  ['end-asking', 'busy', (page) => page.locator('#conversation header button').first().click()],
  [
    'shortcuts',
    'busy',
    async (page) => {
      await page.click('[popovertarget=panel-menu]');
      await page.locator('#panel-menu [role=menuitem]').first().click();
    },
  ],
  [
    'scrolled-up',
    'long-transcript',
    async (page) => {
      await page.locator('[role=log]').evaluate((log) => log.scrollTo(0, -900));
      await page.evaluate(() => {
        const { rows } = globalThis.fixture.conversationOf('ana-souza');
        const last = rows.value.findLast(
          (row) => row.kind === 'message' && row.from === 'customer',
        );
        if (last) rows.value = [...rows.value, { ...last, key: 'new', at: last.at + 1000 }];
      });
      await page.locator('[data-fresh]').waitFor();
    },
  ],
  ['offer-asking', 'offer', (page) => page.keyboard.press('Escape')],
  ['wrap-up-missing', 'wrap-up-missing', (page) => page.click('[type=submit]')],
  [
    'sign-out-refused',
    'sign-out-refused',
    async (page) => {
      await page.click('[popovertarget=panel-menu]');
      await page.locator('#panel-menu [role=menuitem]').last().click();
    },
  ],
  ...(
    [
      'wrong-credentials',
      'unreachable',
      'not-deskside',
      'bad-address',
      'too-many',
      'permission',
      'too-old',
    ] as const
  ).map((scene) => [scene, scene, (page: Page) => page.click('[type=submit]')] as const),
];

const quick = new Set(['380 light en', '380 dark en', '320 light de', '520 dark de']);
const variants = [320, 380, 520]
  .flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })))
  .flatMap((one) => (['en', 'de'] as const).map((language) => ({ ...one, language })))
  .filter(
    ({ width, colorScheme, language }) =>
      !process.env.QUICK || quick.has(`${width} ${colorScheme} ${language}`),
  );

const done = new Set(deeds.map(([name]) => name));
const still = (Object.keys(scenes) as Scene[])
  .filter((scene) => !done.has(scene))
  .map((scene) => [scene, scene, async () => {}] as const);
const parts = process.argv.slice(2);
const wanted = [...still, ...deeds].filter(
  ([name]) => parts.length === 0 || parts.some((part) => name.includes(part)),
);

const [browser, files] = await Promise.all([makeBrowser(), serveGallery()]);
const gallery = await openGallery(browser.address, files.address);
for (const variant of variants) {
  const page = await gallery.show('loading', { ...variant, height: 720 });
  for (const [name, scene, act] of wanted) {
    await gallery.visit(page, scene);
    await act(page);
    const { width, colorScheme, language } = variant;
    const path = `${folder}${name}-${width}-${colorScheme}-${language}.png`;
    await page.screenshot({ path, animations: 'disabled' });
  }
  await page.context().close();
}
await gallery.close();
await Promise.all([browser.end(), files.end()]);
