import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { findBrowser } from '../../e2e/find-browser.ts';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** The chat in a shop's page. */
export const chatIn = (page: Page): FrameLocator => page.frameLocator('[data-deskside] iframe');

/** What axe has to complain of, frames included, one line each. */
export async function complaints(page: Page): Promise<readonly string[]> {
  // Shop and chat are of one origin here, so that axe needs no page of its own to put them together.
  const axe = new AxeBuilder({ page }).include('[data-deskside]').setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary}`),
  );
}
