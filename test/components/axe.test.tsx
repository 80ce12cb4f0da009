import axeCore from 'axe-core';
import { expect, test } from 'vitest';
import { galleryInBrowser } from './gallery/in-browser.ts';
import { type Scene, scenes } from './gallery/scenes.ts';

const show = galleryInBrowser();

/** Structure is the same in the dark, at another width and in another language; colours aren't. */
const runs = [
  { colorScheme: 'light', width: 380, language: 'en', rules: {} },
  { colorScheme: 'dark', width: 320, language: 'de', rules: { runOnly: ['color-contrast'] } },
] as const;

test.each(runs)(
  'no scene breaks a rule of WCAG or sticks out: $colorScheme, $width px, $language',
  async ({ rules, ...options }) => {
    const page = await show('loading', options);
    await page.addInitScript(axeCore.source);
    const found: string[] = [];
    const all = Object.keys(scenes) as Scene[];
    // Before the disk was read there is nothing to name.
    for (const scene of all.filter((one) => one !== 'loading')) {
      await page.goto(`${new URL(page.url()).origin}/gallery.html?scene=${scene}`);
      await page.waitForFunction(() => 'fixture' in globalThis);
      const isWide = await page.evaluate(() => {
        for (const animation of document.getAnimations()) animation.finish();
        return document.documentElement.scrollWidth > innerWidth;
      });
      if (isWide) found.push(`${scene}: wider than the panel`);
      const { violations } = await page.evaluate(
        (only) => globalThis.axe.run(only),
        rules as object,
      );
      for (const { id, nodes } of violations)
        found.push(`${scene}: ${id} at ${nodes.map(({ target }) => target).join(' | ')}`);
    }
    expect(found).toEqual([]);
  },
  300_000,
);

test.each(['light', 'dark'] as const)(
  'menus, popovers and dialogs break no rule of WCAG: %s',
  async (colorScheme) => {
    const page = await show('pending', { colorScheme });
    await page.evaluate(axeCore.source);
    const found: string[] = [];
    for (const id of ['status-menu', 'panel-menu', 'facts']) {
      await page.click(`[popovertarget=${id}]`);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const one of violations) found.push(`${id}: ${one.id}`);
      await page.keyboard.press('Escape');
    }
    await page.click('[popovertarget=panel-menu]');
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    for (const one of violations) found.push(`shortcuts: ${one.id}`);
    expect(found).toEqual([]);
  },
);

declare global {
  var axe: typeof import('axe-core');
}
