import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import png from '@pdf-lib/upng';
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
  await canvas.setViewportSize({ width: 1500, height: 1000 });
  await canvas.setContent(html(await picture(crm), await picture(panel)));
  for (const image of await canvas.locator('img').all())
    await image.evaluate((one) => (one as HTMLImageElement).decode());
  const composed = await canvas.locator('#window').screenshot();
  const file = withPalette(composed);
  expect(file.length).toBeLessThanOrEqual(BYTES_MAX);
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, file);
}

/** The same in 256 colours: of a screen it looks the same and takes a third. */
function withPalette(picture: Buffer): Buffer {
  const image = png.decode(new Uint8Array(picture).buffer);
  return Buffer.from(png.encode(png.toRGBA8(image), image.width, image.height, 256));
}

async function picture(page: Page): Promise<string> {
  return dataUrl(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
}

const dataUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

const html = (crm: string, panel: string): string => `
  <style>
    body { margin: 0; background: #fff; font: 13px/1 system-ui, sans-serif; color: #3c424d; }
    #window { width: max-content; overflow: hidden; border: 1px solid #c9ccd3; background: #fff; }
    #top { display: flex; gap: 8px; align-items: center; height: 44px; padding: 0 14px; background: #e9ebef; }
    #top i { width: 12px; height: 12px; border-radius: 6px; background: #c3c7cf; }
    #top p { flex: 1; margin: 0 60px 0 12px; padding: 8px 14px; border-radius: 14px; background: #fff; }
    main { display: flex; align-items: end; }
    aside { align-self: stretch; display: flex; flex-direction: column; border-left: 1px solid #c9ccd3; }
    aside p { flex: 1; display: flex; gap: 8px; align-items: center; margin: 0; padding: 0 14px; border-bottom: 1px solid #e2e4e9; font-weight: 600; }
    aside p span { margin-left: auto; font-weight: 400; }
    img { display: block; }
  </style>
  <div id="window">
    <div id="top"><i></i><i></i><i></i><p>ledgerline.example/customers/C-10482</p></div>
    <main><img src="${crm}"><aside><p>Deskside<span>✕</span></p><img src="${panel}"></aside></main>
  </div>`;
