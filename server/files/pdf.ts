import { readFile } from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';

/** A manual has so many; what is longer is an archive. */
const PAGES_MAX = 1_000;

/**
 * Hands over the text of a PDF, page by page, with what is filled into its forms.
 *
 * @throws when it is locked, damaged or too long.
 */
export async function pdfTexts(path: string, hear: (text: string) => void): Promise<void> {
  const pdf = await getDocumentProxy(new Uint8Array(await readFile(path)), {
    stopAtErrors: true,
    verbosity: 0,
  });
  try {
    if (pdf.numPages > PAGES_MAX) throw new Error('too many pages');
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) hear(item.hasEOL ? `${item.str}\n` : item.str);
      for (const { fieldValue, contentsObj } of await page.getAnnotations())
        hear(`\n${[fieldValue ?? ''].flat().join('\n')}\n${contentsObj?.str ?? ''}\n`);
      hear('\n');
      page.cleanup();
    }
  } finally {
    await pdf.loadingTask.destroy();
  }
}
