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
      let decoder: ReturnType<typeof decoderFor> | null = null;
      const stream = await zip.openReadStreamPromise(part);
      for await (const piece of stream as AsyncIterable<Buffer>) {
        decoder ??= decoderFor(piece);
        xml.write(decoder.decode(piece, { stream: true }));
      }
      xml.end(decoder?.decode());
      hear('\n');
    }
  });
}

/** XML is UTF-8 unless its first two bytes say otherwise; what is neither can't be looked through. */
const decoderFor = (beginning: Buffer) =>
  new TextDecoder(utf16.get(beginning.subarray(0, 2).toString('hex')) ?? 'utf-8', { fatal: true });

/** A byte order mark, or `<` without one. */
const utf16: ReadonlyMap<string, string> = new Map([
  ['fffe', 'utf-16le'],
  ['3c00', 'utf-16le'],
  ['feff', 'utf-16be'],
  ['003c', 'utf-16be'],
]);

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
