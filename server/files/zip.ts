import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** A large workbook has hundreds of parts. */
const PARTS_MAX = 5_000;
/** Unpacked, all together; what claims more is a bomb, and so is a part with more than it claims. */
const UNPACKED_MAX = 200 * 1024 * 1024;

/**
 * Opens a zip and hands over its parts, in the file's order; closes it. Throws when it is damaged,
 * or when there are more or larger parts than the limits allow, before the first is handed over.
 */
export async function withZip<T>(
  path: string,
  use: (zip: ZipFile, parts: readonly Entry[]) => Promise<T>,
): Promise<T> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    const parts: Entry[] = [];
    let unpacked = 0;
    for await (const part of zip.eachEntry()) {
      parts.push(part);
      unpacked += part.uncompressedSize;
      if (parts.length > PARTS_MAX || unpacked > UNPACKED_MAX) throw new Error('a bomb');
    }
    return await use(zip, parts);
  } finally {
    zip.close();
  }
}
