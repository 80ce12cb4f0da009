import AxeBuilder from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';

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
