import { Parser } from 'htmlparser2';
import { withZip } from './zip.ts';

/**
 * Hands over the text of a document that is a zip of XML (Word, Excel, PowerPoint, OpenDocument),
 * piece by piece, until it is told that this is enough. A number that is written in several runs
 * is one piece of text; paragraphs and cells stand apart.
 *
 * @throws when a part is damaged, locked, or larger than it says.
 */
export async function officeTexts(path: string, hear: (text: string) => void): Promise<void> {
  await withZip(path, async (zip, parts) => {
    for (const part of parts) {
      if (!/\.xml$/i.test(part.fileName)) continue;
      if (part.isEncrypted()) throw new Error('locked');
      const xml = new Parser(
        {
          ontext: hear,
          onclosetag(name) {
            if (BREAKS.has(name.slice(name.indexOf(':') + 1))) hear('\n');
          },
        },
        { xmlMode: true, decodeEntities: true },
      );
      const decoder = new TextDecoder();
      const stream = await zip.openReadStreamPromise(part);
      for await (const piece of stream as AsyncIterable<Buffer>)
        xml.write(decoder.decode(piece, { stream: true }));
      xml.end(decoder.decode());
      hear('\n');
    }
  });
}

/** Where a line or a cell ends, in all of them: paragraphs, headings, cells, rows, breaks, tabs. */
const BREAKS: ReadonlySet<string> = new Set([
  'p',
  'h',
  'c',
  'tc',
  'si',
  'row',
  'br',
  'cr',
  'tab',
  'table-cell',
  'line-break',
]);
