import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { indexedPng } from './indexed-png.ts';

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
  const { width, height, base64 } = await canvas.evaluate(pixelsOf, dataUrl(composed));
  const file = indexedPng({ width, height, bytes: Buffer.from(base64, 'base64') });
  expect(file.length).toBeLessThanOrEqual(BYTES_MAX);
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, file);
}

async function picture(page: Page): Promise<string> {
  return dataUrl(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
}

const dataUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** Runs in a page. */
async function pixelsOf(url: string) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let binary = '';
  for (let n = 0; n < data.length; n += 8192)
    binary += String.fromCharCode(...data.subarray(n, n + 8192));
  return { width, height, base64: btoa(binary) };
}

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
