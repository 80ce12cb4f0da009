import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import * as v from 'valibot';
import type { Sheet } from './sheet.ts';
import { transcriptTexts } from './texts.ts';

export type PdfMaker = {
  /** A4, fonts subset and embedded, the customer and the page's number on every page. */
  readonly make: (sheet: Sheet) => Uint8Array;
  /**
   * Bytes that the compiler has taken, what people wrote among them. Some 50 KB more for each
   * entry: it forgets nothing until its thread ends.
   */
  readonly memory: () => number;
};

/**
 * Reads the compiler and the fonts from node_modules, nothing from a network. What it makes of one
 * sheet is always the same. Takes 3 ms an entry, and half a second more for the first: for a worker
 * thread, which can have only one. One that has thrown makes nothing any more.
 */
export async function createPdfMaker(): Promise<PdfMaker> {
  const { memory } = initSync({ module: readFileSync(resolve(`${COMPILER}/wasm`)) });
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of fonts)
    await builder.add_raw_font(readFileSync(resolve(`@expo-google-fonts/${font}`)));
  const compiler = await builder.build();
  compiler.add_source(TEMPLATE, readFileSync(new URL('./sheet.typ', import.meta.url), 'utf8'));
  return {
    make(sheet) {
      const inputs = [['sheet', JSON.stringify(printed(sheet))]];
      const made = compiler.compile(TEMPLATE, inputs, 'pdf', WITHOUT_COMPLAINTS);
      if (!v.is(Made, made)) throw new Error('the template of the transcript is broken');
      return made.result;
    },
    memory: () => memory.buffer.byteLength,
  };
}

const COMPILER = '@myriaddreamin/typst-ts-web-compiler';
const { resolve } = createRequire(import.meta.url);
const TEMPLATE = '/sheet.typ';
/** They quote what people wrote, so they aren't repeated. */
const WITHOUT_COMPLAINTS = 1;
const Made = v.object({ result: v.instance(Uint8Array) });

/** All under the SIL Open Font Licence; Noto has one font for each script. */
const fonts = [
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  'noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];

const printed = (sheet: Sheet) => ({
  ...sheet,
  customerDirection: directionOf(sheet.customer),
  page: transcriptTexts[sheet.language].page('{page}', '{pages}'),
  lines: sheet.lines.map((line) => ({
    ...line,
    direction: directionOf(line.text),
    text: line.text.replace(CONTROL, ''),
  })),
});

/** A text runs as its first letter does (the Unicode bidirectional algorithm's rule P2). */
const directionOf = (text: string): 'rtl' | 'ltr' =>
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text)
    ? 'rtl'
    : 'ltr';

/** What has no shape on paper: all but line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
