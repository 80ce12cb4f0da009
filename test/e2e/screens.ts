import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures of every state, for people; not committed. */
const FOLDER = '.output/screens/e2e';

/** What stands on the page now. */
export async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** The same in the light and in the dark. */
export async function takeBoth(page: Page, name: string): Promise<void> {
  await take(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: null });
}

/** The same in a panel of another width (as given, it is 360 px wide). */
export async function takeAt(page: Page, width: number, name: string): Promise<void> {
  const given = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await page.setViewportSize({ width, height: given.height });
  await take(page, `${name}-${width}`);
  await page.setViewportSize(given);
}
