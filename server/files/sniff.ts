import { createReadStream } from 'node:fs';
import { fileTypeFromFile } from 'file-type';

/** The type by what is in the file; its name only says which kind of text. Null: nothing known. */
export async function sniff(path: string, name: string): Promise<string | null> {
  const found = await fileTypeFromFile(path);
  if (found !== undefined) return found.mime;
  if ((await charsetOf(path)) === null) return null;
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain';
}

/** How a text is written; null: it has bytes that no text has. */
export async function charsetOf(path: string): Promise<'utf-8' | 'windows-1252' | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    if (piece.some(isNoText)) return null;
    isUtf8 &&= decodes(() => decoder.decode(piece, { stream: true }));
  }
  isUtf8 &&= decodes(() => decoder.decode());
  return isUtf8 ? 'utf-8' : 'windows-1252';
}

/** Control characters, but for tab, line ends and form feed. */
const isNoText = (byte: number): boolean =>
  byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 : byte === 0x7f;

function decodes(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}
