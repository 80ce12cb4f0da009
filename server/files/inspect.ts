import { readFile } from 'node:fs/promises';
import { imageSize } from 'image-size';
import type { Policy } from '../../guard/policy.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import type { FoundFile } from '../store/contract.ts';
import { cleanName } from './clean-name.ts';
import { fileTypeOf, type Look } from './media-type.ts';
import { officeTexts } from './office.ts';
import { pdfTexts } from './pdf.ts';
import { plainTexts } from './plain-text.ts';
import { sniff } from './sniff.ts';
import { withZip } from './zip.ts';

export type Inspected = {
  readonly path: string;
  /** As its sender called it. */
  readonly name: string;
  /** What the centre takes. */
  readonly types: readonly string[];
  /** What may not be in it; as data, since it goes into another thread. */
  readonly guard: Policy['entities'];
};

/** Says whether a text holds what may not be sent (GUARD-1). */
export type IsSensitive = (text: string) => boolean;

/** What every browser can still show: 50 megapixels are 200 MB of memory. */
const PIXELS_MAX = 50_000_000;
const SIDE_MAX = 16_384;
/** A text is looked at in pieces of this many characters; each begins with the end of the one before. */
const PIECE = 64 * 1024;
const OVERLAP = 256;

/**
 * What a file is, by what is in it, and whether it is taken. Runs in a thread of its own, with
 * limits: it reads what strangers have sent.
 *
 * @param isSensitive Null: files are not looked through.
 */
export async function inspect(
  { path, name, types }: Omit<Inspected, 'guard'>,
  isSensitive: IsSensitive | null,
): Promise<FoundFile> {
  const type = await sniff(path, name);
  const known = type === null ? null : fileTypeOf(type);
  if (type === null || known === null || !types.includes(type))
    return refused('file-type-not-allowed');
  try {
    if (known.look === 'image') {
      const no = refusesImage(await readFile(path));
      if (no !== null) return refused(no);
    }
    if (known.look === 'zip' || known.look === 'office') await withZip(path, async () => {});
    if (isSensitive !== null && (await holdsSensitive(path, known.look, isSensitive)))
      return refused('file-sensitive');
  } catch {
    // Whatever a parser stumbles over: what can't be looked through isn't taken.
    return refused('file-unreadable');
  }
  return { state: 'ready', type, name: cleanName(name, known.endings) };
}

const refused = (refusal: RefusalName): FoundFile => ({ state: 'refused', refusal });

function refusesImage(bytes: Buffer): RefusalName | null {
  const { width, height } = imageSize(bytes);
  if (!(width > 0 && height > 0)) return 'file-unreadable';
  const isLarge = width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX;
  return isLarge ? 'image-too-large' : null;
}

type Texts = (path: string, hear: (text: string) => void) => Promise<void>;

const texts: Readonly<Record<Look, Texts | null>> = {
  text: plainTexts,
  pdf: pdfTexts,
  office: officeTexts,
  image: null,
  zip: null,
  nothing: null,
};

async function holdsSensitive(
  path: string,
  look: Look,
  isSensitive: IsSensitive,
): Promise<boolean> {
  let text = '';
  let found = false;
  await texts[look]?.(path, (piece) => {
    text += piece;
    while (text.length > PIECE) {
      found ||= isSensitive(text.slice(0, PIECE));
      text = text.slice(PIECE - OVERLAP);
    }
  });
  return found || (text !== '' && isSensitive(text));
}
