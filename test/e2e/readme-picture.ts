import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const FILE = 'docs/images/panel.png';
const BYTES_MAX = 150_000;

/**
 * The README's picture: the CRM's page and the panel beside it, as they stand in the agent's
 * browser now, put together on `canvas` as the window shows them. A browser without a screen takes
 * pictures of pages, not of its windows.
 */
export async function pictureForReadme(crm: Page, panel: Page, canvas: Page): Promise<void> {
  const [left, right] = await Promise.all([picture(crm), picture(panel)]);
  const address = new URL(crm.url());
  await canvas.setContent(html(left, right, `crm.example${address.pathname}`));
  await canvas
    .locator('img')
    .last()
    .evaluate((image: HTMLImageElement) => image.decode());
  await mkdir(dirname(FILE), { recursive: true });
  await canvas.locator('#window').screenshot({ path: FILE, omitBackground: true });
  expect((await stat(FILE)).size).toBeLessThanOrEqual(BYTES_MAX);
}

async function picture(page: Page): Promise<string> {
  const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

const html = (left: string, right: string, address: string): string => `
  <style>
    body { margin: 0; width: max-content; background: none; font: 13px/1 system-ui, sans-serif; }
    #window { width: max-content; border: 1px solid #c9ccd3; border-radius: 10px; overflow: hidden; background: #e9ebef; }
    header { display: flex; gap: 8px; align-items: center; height: 44px; padding: 0 14px; }
    i { width: 12px; height: 12px; border-radius: 6px; background: #c3c7cf; }
    p { flex: 1; margin: 0 60px 0 12px; padding: 8px 14px; border-radius: 14px; background: #fff; color: #555b66; }
    main { display: flex; gap: 1px; background: #c9ccd3; }
    img { display: block; }
  </style>
  <div id="window">
    <header><i></i><i></i><i></i><p>${address}</p></header>
    <main><img src="${left}"><img src="${right}"></main>
  </div>`;
