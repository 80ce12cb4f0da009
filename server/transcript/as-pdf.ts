import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Sheet } from './sheet.ts';
import { transcriptTexts } from './texts.ts';

/**
 * Makes PDFs: A4, fonts subset and embedded, the customer and the page's number on every page.
 * What it makes of one sheet is always the same. Takes 0.3 ms an entry: for a worker thread.
 */
export function createPdfMaker(): (sheet: Sheet) => Uint8Array {
  const compiler = NodeCompiler.create({
    workspace: dirname(template),
    fontArgs: [{ fontPaths: fontFolders() }],
  });
  const mainFileContent = readFileSync(template, 'utf8');
  return (sheet) => {
    const made = compiler.compile({
      mainFileContent,
      inputs: { sheet: JSON.stringify(printed(sheet)) },
    });
    // Nothing of what people wrote stays behind in the compiler's memory.
    compiler.evictCache(0);
    // Its complaints quote what people wrote, so they aren't repeated.
    if (made.result === null) throw new Error('the template of the transcript is broken');
    return compiler.pdf(made.result, { creationTimestamp: 0 });
  };
}

const template = fileURLToPath(new URL('./sheet.typ', import.meta.url));

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

function fontFolders(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return fonts.map((font) => dirname(resolve(`@expo-google-fonts/${font}`)));
}

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
