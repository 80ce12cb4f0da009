import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What is wrong with what a panel shows now, in the light and in the dark, one line each. */
export async function complaints(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // A colour on its way to another is neither of them.
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    // Without a page of its own to put frames together: a panel has none, and no tabs beside it.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The dark has other colours and nothing else.
    const { violations } = await (colorScheme === 'dark'
      ? axe.withRules('color-contrast')
      : axe
    ).analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id} at ${nodes.map(({ target }) => target).join(' | ')}`);
  }
  await page.emulateMedia({ colorScheme: null });
  return [...found, ...(await page.evaluate(sticksOut))];
}

/** Runs in the panel: what doesn't fit its width, or its own. */
export function sticksOut(): readonly string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const cut = [...document.querySelectorAll('button, legend, label')].filter(
    (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0,
  );
  return [
    ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px wider than the panel`] : []),
    ...cut.map((one) => `cut off: ${one.textContent}`),
  ];
}
